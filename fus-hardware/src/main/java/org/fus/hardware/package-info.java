/**
 * Devices that fire a sequence and return raw blocks. A device stands behind {@link org.fus.hardware.UltrasoundDevice};
 * {@link org.fus.hardware.Devices} finds it by its URI.
 */
package org.fus.hardware;
