/**
 * The vendor's {@code .scan} files: power Doppler series. Version 2, binary, is read and written; version 1, HDF5, is
 * recognised. Metadata carries the names of {@link org.fus.io.scan.ScanMetadata}, in the vendor's units.
 */
package org.fus.io.scan;
