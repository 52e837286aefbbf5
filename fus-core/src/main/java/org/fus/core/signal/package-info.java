/**
 * From RF to IQ: demodulation, decimation and the filters that they need. The phase convention of the house is
 * {@code IQ(t) = LP(2 RF(t) exp(-j 2 pi fc t))} with {@code t} counted from the first firing.
 */
package org.fus.core.signal;
