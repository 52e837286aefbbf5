/** Thorlabs controllers, APT binary protocol, written from the public protocol description. */
package org.fus.hardware.motion.apt;
