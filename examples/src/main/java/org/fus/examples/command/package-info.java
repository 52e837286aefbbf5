/** The commands of {@code fus}, one class each, and what they share. Each is a few calls of the public API. */
package org.fus.examples.command;
