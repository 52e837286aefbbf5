package org.fus.core.beamforming;

import java.util.ArrayList;
import java.util.List;
import org.fus.core.data.ChannelFormat;
import org.fus.core.geometry.ImageGrid;
import org.fus.core.geometry.Vector3;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitPath;

/**
 * Travel times and weights of every pixel, transmit and channel, in double: what all methods of this package agree on.
 * Times are on the clock of the samples. Transmits whose channels are wired alike form a group.
 */
final class DasGeometry {
    private final ChannelFormat format;
    private final ImageGrid grid;
    private final DasOptions options;
    private final double soundSpeedMPerS;
    private final TransmitPath[] paths;
    private final double[] transmitOffsetS;
    private final int[] groupOf;
    private final List<ReceiveChannels> groups = new ArrayList<>();

    /**
     * Prepares a geometry.
     *
     * @throws IllegalArgumentException naming all that is impossible
     */
    DasGeometry(ChannelFormat format, ImageGrid grid, DasOptions options) {
        this.format = format;
        this.grid = grid;
        this.options = options;
        this.soundSpeedMPerS = Double.isNaN(options.soundSpeedMPerS())
                ? format.sequence().soundSpeedMPerS()
                : options.soundSpeedMPerS();
        this.paths = new TransmitPath[format.transmits()];
        this.transmitOffsetS = new double[format.transmits()];
        this.groupOf = new int[format.transmits()];
        List<String> problems = new ArrayList<>();
        for (int t = 0; t < paths.length; t++) {
            preparePath(t, problems);
            groupOf[t] = group(t);
        }
        GridCheck.collect(format, grid, groups, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; also: ", problems));
        }
    }

    private void preparePath(int t, List<String> problems) {
        Transmit transmit = format.sequence().transmits().get(t);
        TimeCorrections corrections = options.corrections();
        try {
            paths[t] = TransmitPath.of(
                    transmit, format.probe(), options.transmitModel(), format.sequence(), soundSpeedMPerS);
            Vector3 direction = paths[t].directionAtArray();
            double lensS = transmit instanceof Transmit.SingleElement
                    ? 0
                    : corrections.lens().waveS(Math.hypot(direction.x(), direction.y()), soundSpeedMPerS);
            transmitOffsetS[t] = lensS + corrections.timeZeroS() + corrections.pulsePeakS();
        } catch (IllegalArgumentException e) {
            problems.add("transmit " + t + ": " + e.getMessage());
        }
    }

    /** The group of a transmit, a new one when no transmit before it is wired alike. */
    private int group(int t) {
        for (int other = 0; other < t; other++) {
            if (format.channelMap().sameIn(t, other)) {
                return groupOf[other];
            }
        }
        groups.add(new ReceiveChannels(format.probe(), format.channelMap(), t, options, soundSpeedMPerS));
        return groups.size() - 1;
    }

    ChannelFormat format() {
        return format;
    }

    ImageGrid grid() {
        return grid;
    }

    DasOptions options() {
        return options;
    }

    double soundSpeedMPerS() {
        return soundSpeedMPerS;
    }

    int groups() {
        return groups.size();
    }

    int groupOf(int transmit) {
        return groupOf[transmit];
    }

    ReceiveChannels channels(int group) {
        return groups.get(group);
    }

    /** Arrival of a transmit at a point on the clock of the samples, seconds. */
    double transmitS(int transmit, Vector3 p) {
        Transmit wave = format.sequence().transmits().get(transmit);
        double arrival = wave instanceof Transmit.SingleElement one
                ? groups.get(0).timeS(probe().element(one.element()), p)
                : paths[transmit].timeS(p);
        return arrival + transmitOffsetS[transmit];
    }

    boolean reaches(int transmit, Vector3 p) {
        return paths[transmit].reaches(p);
    }

    /** What the sum of a pixel is multiplied with, as the normalisation says. */
    double scale(Vector3 p) {
        if (options.normalization() == Normalization.SUM) {
            return 1;
        }
        double[] weights = new double[groups.size()];
        if (options.normalization() == Normalization.WEIGHTS) {
            for (int g = 0; g < weights.length; g++) {
                weights[g] = sumOfWeights(groups.get(g), p);
            }
        } else {
            java.util.Arrays.fill(weights, 1);
        }
        double sum = 0;
        for (int t = 0; t < paths.length; t++) {
            sum += reaches(t, p) ? weights[groupOf[t]] : 0;
        }
        return sum == 0 ? 0 : 1 / sum;
    }

    private static double sumOfWeights(ReceiveChannels channels, Vector3 p) {
        double sum = 0;
        for (int c = 0; c < channels.count(); c++) {
            double w = channels.weight(c, p);
            sum += Double.isNaN(w) ? 0 : w;
        }
        return sum;
    }

    private Probe probe() {
        return format.probe();
    }
}
