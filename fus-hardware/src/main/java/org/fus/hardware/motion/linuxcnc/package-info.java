/** LinuxCNC through its remote shell, written from the manual page and tried against the real program. */
package org.fus.hardware.motion.linuxcnc;
