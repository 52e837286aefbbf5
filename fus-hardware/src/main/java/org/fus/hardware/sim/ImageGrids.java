package org.fus.hardware.sim;

import java.util.stream.IntStream;
import org.fus.core.data.ChannelFormat;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.Transmit;

/** Where the pixels of a scanner that beamforms are, when nobody says otherwise. */
final class ImageGrids {
    private ImageGrids() {}

    /**
     * One column per element, one row per wavelength, one slice per row of elements; from the depth of the first sample to the
     * deepest one whose echo the last sample of an aperture of f-number 1 still holds, under the largest tilt.
     */
    static PixelGrid of(ChannelFormat format) {
        Probe probe = format.probe();
        double[] xs = IntStream.range(0, probe.elements())
                .mapToDouble(probe::elementXM)
                .distinct()
                .sorted()
                .toArray();
        double[] ys = IntStream.range(0, probe.elements())
                .mapToDouble(probe::elementYM)
                .distinct()
                .sorted()
                .toArray();
        double c = format.sequence().soundSpeedMPerS();
        double stepM = c / format.sequence().centerFrequencyHz();
        double nearM = Math.max(stepM, c * format.samples().timeS(0, 0) / 2);
        double farM = farM(format, xs[xs.length - 1] - xs[0]);
        int nz = Math.max(1, (int) Math.floor((farM - nearM) / stepM + 1e-6) + 1);
        double dy = ys.length == 1 ? PixelGrid.DEFAULT_SLICE_M : (ys[ys.length - 1] - ys[0]) / (ys.length - 1);
        return new PixelGrid(xs[0], ys[0], nearM, probe.pitchM(), dy, stepM, xs.length, ys.length, nz);
    }

    private static double farM(ChannelFormat format, double extentM) {
        double tilt = 0;
        for (Transmit t : format.sequence().transmits()) {
            if (t instanceof Transmit.PlaneWave wave) {
                tilt = Math.max(tilt, Math.abs(wave.tiltRad()));
            }
        }
        double pathM = format.sequence().soundSpeedMPerS()
                * format.samples().timeS(0, format.samples().samples() - 1);
        double low = 0;
        double high = pathM / 2;
        for (int i = 0; i < 60; i++) { // to the last bit of a double
            double mid = (low + high) / 2;
            double path = mid + extentM * Math.sin(tilt) + Math.hypot(mid, Math.min(extentM, mid / 2));
            if (path <= pathM) {
                low = mid;
            } else {
                high = mid;
            }
        }
        return low;
    }
}
