package org.fus.core.beamforming;

import java.util.ArrayList;
import java.util.List;
import org.fus.core.data.ChannelFormat;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.internal.fft.SmoothLengths;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.Transmit;

/**
 * The spectral grids of a migration. Frequencies of the data are {@code firstHz + q stepHz}; depth frequencies
 * {@code m stepHz}; lateral frequencies those of a transform over {@code columns} elements, cycles per metre.
 */
final class FkGeometry {
    final ChannelFormat format;
    final PixelGrid grid;
    final double soundSpeedMPerS;
    final double pitchM;
    final int elements;
    final int samples;
    final int bins;
    final int columns;
    final double stepHz;
    final double firstHz;
    final List<FkWave> waves;
    final int firstDepthBin;
    final int depthBins;

    FkGeometry(ChannelFormat format, PixelGrid grid, FkOptions options) {
        requireSuitable(format, grid);
        this.format = format;
        this.grid = grid;
        this.soundSpeedMPerS = format.sequence().soundSpeedMPerS();
        this.pitchM = format.probe().pitchM();
        this.elements = format.channels();
        this.samples = format.sampleCount();
        this.bins = padded(samples, options.timePadding(), "samples per record");
        this.columns = padded(elements, options.lateralPadding(), "elements");
        double fs = format.samples().samplingFrequencyHz();
        this.stepHz = fs / bins;
        this.firstHz = format.sequence().centerFrequencyHz() - fs / 2;
        List<FkWave> list = new ArrayList<>();
        double lowest = Double.POSITIVE_INFINITY;
        double highest = 0;
        for (Transmit transmit : format.sequence().transmits()) {
            FkWave wave = new FkWave(((Transmit.PlaneWave) transmit).tiltRad(), soundSpeedMPerS);
            list.add(wave);
            double low = Math.max(0, firstHz);
            lowest = Math.min(lowest, wave.depthHz(low, Math.min(0.5 / pitchM, low / soundSpeedMPerS)));
            highest = Math.max(highest, wave.depthHz(firstHz + fs, 0));
        }
        this.waves = List.copyOf(list);
        this.firstDepthBin = (int) Math.floor(lowest / stepHz);
        this.depthBins = (int) Math.ceil(highest / stepHz) - firstDepthBin + 1;
        requireInside(options);
    }

    /** Cycles per metre of a lateral bin; the one at the Nyquist frequency counts as positive. */
    double lateralPerM(int column) {
        int k = column <= columns / 2 ? column : column - columns;
        return k / (columns * pitchM);
    }

    private static int padded(int n, double factor, String what) {
        double wanted = Math.ceil(n * factor);
        if (wanted > 1 << 20) {
            throw new FusUnsupportedException("f-k migration of " + n + " " + what + ", padded to " + (long) wanted
                    + ", is beyond " + (1 << 20) + "; pad less");
        }
        return SmoothLengths.evenAtLeast((int) wanted);
    }

    private static void requireSuitable(ChannelFormat format, PixelGrid grid) {
        List<String> unsupported = new ArrayList<>();
        if (format.probe().type() != Probe.Type.LINEAR && format.probe().type() != Probe.Type.PHASED) {
            unsupported.add("a " + format.probe().type() + " probe (expected one straight row of elements)");
        }
        if (!format.channelMap().isIdentity(format.probe().elements())) {
            unsupported.add("channels that share elements or leave some out (expected one channel per element)");
        }
        for (Transmit transmit : format.sequence().transmits()) {
            if (!(transmit instanceof Transmit.PlaneWave wave) || wave.elevationRad() != 0) {
                unsupported.add("a transmit " + transmit + " (expected plane waves without elevation)");
                break;
            }
        }
        if (grid.ny() != 1) {
            unsupported.add("a grid of " + grid.ny() + " slices (expected one, ny = 1)");
        }
        if (!unsupported.isEmpty()) {
            throw new FusUnsupportedException(
                    "f-k migration cannot do " + String.join(", nor ", unsupported) + "; use delay-and-sum");
        }
    }

    private void requireInside(FkOptions options) {
        List<String> problems = new ArrayList<>();
        double first = grid.xM(0) - format.probe().elementXM(0);
        double last = grid.xM(grid.nx() - 1) - format.probe().elementXM(elements - 1);
        double margin = 0.5 * (columns - elements) * pitchM;
        if (first < -margin || last > margin) {
            problems.add("the grid reaches " + Math.max(-first, last) * 1e3 + " mm beyond the array, expected at most "
                    + margin * 1e3 + " mm with a lateral padding of " + options.lateralPadding());
        }
        if (grid.z0M() < 0) {
            problems.add("the grid starts at depth " + grid.z0M() + " m, behind the array");
        }
        double start = format.samples().startTimesS().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        double end = 0.5 * soundSpeedMPerS * (start + samples / format.samples().samplingFrequencyHz());
        if (grid.zM(grid.nz() - 1) > end) {
            problems.add("the grid ends at depth " + grid.zM(grid.nz() - 1) * 1e3 + " mm, the record at " + end * 1e3
                    + " mm");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("f-k migration: " + String.join("; also: ", problems));
        }
    }
}
