/**
 * The scanner bridge: a local protocol by which a scanner of any language attaches. {@code bridge://host:port} is a device on
 * the host's side; {@link org.fus.hardware.bridge.BridgeServer} puts a device of this SDK on the scanner's side. Every
 * message stands in docs/bridge.md.
 */
package org.fus.hardware.bridge;
