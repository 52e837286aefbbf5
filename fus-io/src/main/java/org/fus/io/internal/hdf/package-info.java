/**
 * HDF5 for the formats that build on it: reading through the library jHDF over any byte source, with every failure
 * translated and every size bounded; writing of groups, attributes and contiguous data sets as a stream.
 */
package org.fus.io.internal.hdf;
