/**
 * The cloud around the imaging: shared stores of acquisitions, queued work and its page. Everything runs on one machine with
 * no account; services of others are adapters behind the same interfaces.
 */
package org.fus.cloud;
