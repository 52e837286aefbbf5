/** A scanner without hardware: the channel simulator behind the device interface. */
package org.fus.hardware.sim;
