/** Beamformed IQ of the vendor: {@code .raw} with its header {@code .hraw}. */
package org.fus.io.raw;
