/** The {@code fus} command line: how a newcomer, a script and an acceptance test use the SDK. */
package org.fus.examples;
