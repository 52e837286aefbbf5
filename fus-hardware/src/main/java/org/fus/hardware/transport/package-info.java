/**
 * Byte streams to controllers and trigger boxes: serial line, TCP, or memory. A protocol written over
 * {@link org.fus.hardware.transport.ByteTransport} runs on all of them.
 */
package org.fus.hardware.transport;
