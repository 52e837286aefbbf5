/** Channel data of zea, formerly usbmd (https://github.com/tue-bmd/zea), on HDF5. */
package org.fus.io.zea;
