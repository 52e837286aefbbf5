/** Physik Instrumente controllers, General Command Set 2.0, written from the public command reference. */
package org.fus.hardware.motion.pi;
