/** Probes: where the elements are, how large they are, which band they have; and the catalogue of known probes. */
package org.fus.core.probe;
