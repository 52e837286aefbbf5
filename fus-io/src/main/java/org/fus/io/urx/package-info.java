/**
 * URX (raw channel data) and UAC (acquisition programs) of Moduleus: two trees of HDF5 objects with the same probes, events
 * and excitations, https://github.com/moduleus/urx and https://github.com/moduleus/uac.
 */
package org.fus.io.urx;
