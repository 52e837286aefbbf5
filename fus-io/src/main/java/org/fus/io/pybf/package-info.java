/** Channel data in HDF5 files of the layout of pybf (S. Vostrikov, https://github.com/Sergio5714/pybf). */
package org.fus.io.pybf;
