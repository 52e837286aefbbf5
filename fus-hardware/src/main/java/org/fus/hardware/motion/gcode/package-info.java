/** G-code controllers: GRBL 1.1 and Marlin 2, written from their public protocol descriptions. */
package org.fus.hardware.motion.gcode;
