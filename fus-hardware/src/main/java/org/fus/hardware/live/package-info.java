/**
 * The live chain: blocks of a device to recording, images, Doppler maps and views, while they are acquired. It runs the
 * {@link org.fus.core.pipeline.ProcessingRecipe} of the core and has no chain of its own.
 */
package org.fus.hardware.live;
