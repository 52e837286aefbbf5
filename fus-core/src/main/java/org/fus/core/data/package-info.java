/**
 * What flows along the main road: raw blocks from a device, channel data, beamformed ensembles, Doppler maps, series.
 * Values are immutable; hosts copy samples in and out in plain row-major order, frames first.
 */
package org.fus.core.data;
