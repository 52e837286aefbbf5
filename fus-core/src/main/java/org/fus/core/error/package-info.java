/** The few unchecked exceptions of the SDK. A message says what, what was expected, what was found, and the remedy. */
package org.fus.core.error;
