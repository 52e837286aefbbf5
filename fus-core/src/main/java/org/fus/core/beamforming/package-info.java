/**
 * From channel data to images. A plan holds what depends on geometry alone; it is computed once, shared, and applied to
 * block after block.
 */
package org.fus.core.beamforming;
