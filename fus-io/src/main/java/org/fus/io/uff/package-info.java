/** The ultrasound file format of USTB (https://www.ustb.no), version 1, on HDF5. */
package org.fus.io.uff;
