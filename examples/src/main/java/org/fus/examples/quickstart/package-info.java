/** The quickstart: a simulated acquisition from the scanner to the maps, measured against the truth of its phantom. */
package org.fus.examples.quickstart;
