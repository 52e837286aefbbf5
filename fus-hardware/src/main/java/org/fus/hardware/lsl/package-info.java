/**
 * Streams compatible with the Lab Streaming Layer: an {@link org.fus.hardware.lsl.LslOutlet} for Doppler time courses and
 * markers, and an {@link org.fus.hardware.lsl.LslInlet} for the markers of other programs. Pure Java; of the protocol it
 * speaks version 1.10 over IPv4: discovery, descriptions, samples of all formats, time correction.
 *
 * <p>Reference: Kothe et al., The Lab Streaming Layer for synchronized multimodal recording, Imaging Neuroscience 3, 2025,
 * doi:10.1162/IMAG.a.136, and the sources of liblsl.
 */
package org.fus.hardware.lsl;
