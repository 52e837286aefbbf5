/**
 * Pure computation for functional ultrasound and the types it speaks. Nothing in here opens a file or a socket, starts a
 * thread, or talks to a device. The rooms, lower ones first: {@code error}, {@code run}, {@code geometry},
 * {@code probe}, {@code sequence}, {@code data}, {@code signal}, {@code beamforming}, {@code clutter}, {@code doppler},
 * {@code simulation}, {@code pipeline}, {@code render}.
 */
package org.fus.core;
