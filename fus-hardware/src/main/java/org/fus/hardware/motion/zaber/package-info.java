/**
 * Zaber controllers, ASCII and binary protocol, written from the public protocol manuals (https://www.zaber.com/protocol-manual).
 */
package org.fus.hardware.motion.zaber;
