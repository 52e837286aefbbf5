package org.fus.io.urx;

import java.util.List;
import org.fus.io.urx.UrxGroup.ProbeSet;

/**
 * One firing and its reception, as a group lists it.
 *
 * @param path the node
 * @param transmitProbe number of the probe that fires
 * @param receiveProbe number of the probe that listens
 * @param elements the elements of each receive channel, of the receiving probe
 * @param samplingFrequencyHz samples per second
 * @param samples per channel
 * @param modulationHz frequency that was mixed down; NaN for RF
 * @param receiveOffsetS from the start of the event to sample 0
 */
record UrxEvent(
        String path,
        int transmitProbe,
        int receiveProbe,
        List<List<Integer>> elements,
        double samplingFrequencyHz,
        int samples,
        double modulationHz,
        double receiveOffsetS) {
    static UrxEvent read(UrxNodes urx, String path, ProbeSet probes, boolean iq) {
        String receive = path + "/receive_setup";
        int receiver = urx.reference(receive + "/probe", probes.size());
        int transmitter = urx.reference(path + "/transmit_setup/probe", probes.size());
        return new UrxEvent(
                path,
                transmitter,
                receiver,
                urx.elementsOrAll(receive + "/active_elements", probes.elements(receiver)),
                urx.positive(receive + "/sampling_frequency"),
                urx.whole(receive + "/number_samples", 1),
                iq ? urx.positive(receive + "/modulation_frequency") : Double.NaN,
                urx.finite(receive + "/time_offset", 0));
    }

    /** Samples of the event in each frame. */
    long size() {
        return Math.multiplyExact((long) elements.size(), (long) samples);
    }

    /** Whether samples of another event make one array with those of this one. */
    boolean fits(UrxEvent other) {
        return elements.size() == other.elements.size()
                && samples == other.samples
                && samplingFrequencyHz == other.samplingFrequencyHz
                && Double.compare(modulationHz, other.modulationHz) == 0;
    }

    @Override
    public String toString() {
        return elements.size() + " channels of " + samples + " samples at " + samplingFrequencyHz + " Hz";
    }
}
