/**
 * Where things are. The engine works in the ARRAY frame: x along the array, y elevation, z depth, positive away from the
 * probe, metres. Poses and affines of files use the PROBE frame, where z points back into the probe.
 */
package org.fus.core.geometry;
