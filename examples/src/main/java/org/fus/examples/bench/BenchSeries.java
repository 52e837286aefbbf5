package org.fus.examples.bench;

import java.util.List;
import java.util.stream.IntStream;
import org.fus.core.data.FusSeries;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.sequence.TransmitSequence;
import org.fus.io.scan.ScanMetadata;

/** Power Doppler volumes of one plane, 128 x 128, whose values have the digits of single precision. */
final class BenchSeries {
    static final int PIXELS = 128 * 128;
    private static final double STEP_S = 0.4;
    private static final PixelGrid GRID = PixelGrid.xz(-7e-3, 7e-3, 128, 1e-3, 13.7e-3, 128);

    private BenchSeries() {}

    static FusSeries of(int times) {
        return FusSeries.of(
                shape(times),
                FusSeries.Geometry.of(GRID),
                new FusSeries.Times(
                        IntStream.rangeClosed(1, times)
                                .mapToObj(t -> t * STEP_S)
                                .toList(),
                        List.of()),
                ScanMetadata.of(
                        ProbeCatalogue.ICO_PRIME,
                        TransmitSequence.planeWaves(-0.17, 0.17, 11, 15.625e6, 5500),
                        62.5e6,
                        STEP_S),
                Provenance.none(),
                (extra, pose, first, count) -> values(first, count));
    }

    static FusSeries.Shape shape(int times) {
        return new FusSeries.Shape(1, 1, times, GRID.nz(), 1, GRID.nx());
    }

    static FusSeries.Geometry geometry() {
        return FusSeries.Geometry.of(GRID);
    }

    static double[] values(int firstTime, int count) {
        double[] out = new double[count * PIXELS];
        for (int i = 0; i < out.length; i++) {
            float v = HashedSamples.at(firstTime * PIXELS + i);
            out[i] = v * v / 3;
        }
        return out;
    }

    /** Sum of the magnitudes of every 97th value. */
    static double checksum(double[] values) {
        double sum = 0;
        for (int i = 0; i < values.length; i += 97) {
            sum += Math.abs(values[i]);
        }
        return sum;
    }
}
