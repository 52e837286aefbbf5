/**
 * Recordings that survive a crash. {@link org.fus.io.record.RecordingWriter} appends blocks of RF, IQ or power Doppler to a
 * Zarr version 3 store; a block that {@code append} acknowledged is on the disk, whatever happens next.
 * {@link org.fus.io.record.Recording} reads a store, finished or not.
 */
package org.fus.io.record;
