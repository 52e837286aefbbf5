/**
 * A simulated piece of brain and the echoes that an array receives from it. Everything follows from a seed: the same
 * seed gives the same bits, for any number of threads, and any frame can be computed alone.
 */
package org.fus.core.simulation;
