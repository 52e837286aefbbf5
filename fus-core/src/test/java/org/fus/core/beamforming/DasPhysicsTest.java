package org.fus.core.beamforming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.ChannelMap;
import org.fus.core.data.IqEnsemble;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.geometry.Vector3;
import org.fus.core.probe.Probe;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitAperture;
import org.fus.core.sequence.TransmitSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Points land where they were put, as wide as theory says, whatever array and wave made their echoes. */
class DasPhysicsTest {
    private static final double C = 1540;
    private static final double F = 7.5e6;
    private static final double WAVELENGTH = C / F;
    private static final double SIGMA = 0.25e-6;

    private static final Probe LINEAR = Probe.linear("wide", 192, 0.1e-3, F).build();

    @ParameterizedTest
    @ValueSource(doubles = {1, 1.5, 2, 3, 4})
    void lateralWidth_isThatOfTheAperture(double fNumber) {
        Vector3 point = new Vector3(0, 0, 9e-3);
        ChannelFormat format = format(LINEAR, List.of(new Transmit.PlaneWave(0)), 5e-6, 500);
        // a long pulse, so that the formula for one frequency holds
        float[] iq = PointEchoes.iq(format, 4 * SIGMA, linearPaths(point, new double[] {0}));
        PixelGrid grid = new PixelGrid(-1.5e-3, 0, point.z(), 5e-6, 1e-4, 1e-4, 601, 1, 1);

        IqEnsemble image = DelayAndSum.plan(format, grid, new DasOptions(fNumber, ReceiveWindow.BOXCAR))
                .apply(PointEchoes.data(format, iq), RunContext.inline());

        double[] m = PointEchoes.magnitude(image, 0);
        double peak = m[300];
        int first = 300;
        while (m[first] > peak / 2) {
            first--;
        }
        double half = (300 - first - 1) + (m[first + 1] - peak / 2) / (m[first + 1] - m[first]);
        // |sinc(x)| falls to 1/2 at x = 0.6034; the aperture's edge is seen under atan(1 / (2 F))
        double expected = 2 * 0.6034 * WAVELENGTH / (2 * Math.sin(Math.atan(1 / (2 * fNumber))));
        assertThat(2 * half * grid.dxM()).isCloseTo(expected, within(0.05 * expected));
    }

    @Test
    void pointMovedByElements_movesTheImageByAsMuch() {
        ChannelFormat format = format(LINEAR, List.of(new Transmit.PlaneWave(0)), 5e-6, 300);
        PixelGrid grid = new PixelGrid(-1e-3, 0, 6e-3, 0.1e-3, 1e-4, 0.03e-3, 21, 1, 20);
        DelayAndSum plan = DelayAndSum.plan(format, grid, DasOptions.DEFAULTS);
        float[] here = PointEchoes.iq(format, SIGMA, linearPaths(new Vector3(-0.2e-3, 0, 6.3e-3), new double[] {0}));
        float[] there = PointEchoes.iq(format, SIGMA, linearPaths(new Vector3(0.3e-3, 0, 6.3e-3), new double[] {0}));

        IqEnsemble images = plan.apply(PointEchoes.data(format, here, there), RunContext.inline());

        double[] a = PointEchoes.magnitude(images, 0);
        double[] b = PointEchoes.magnitude(images, 1);
        double peak = a[PointEchoes.brightest(a)];
        for (int iz = 0; iz < grid.nz(); iz++) {
            for (int ix = 5; ix < grid.nx(); ix++) {
                // F-number 1 puts elements on the edge of some apertures; there, rounding decides over one of 60
                assertThat(b[grid.index(iz, 0, ix)]).isCloseTo(a[grid.index(iz, 0, ix - 5)], within(0.02 * peak));
            }
        }
    }

    @Test
    void compounding_addsSignalCoherentlyAndNoiseInPower() {
        int waves = 11;
        List<Transmit> fan = new ArrayList<>();
        double[] tilts = new double[waves];
        for (int w = 0; w < waves; w++) {
            tilts[w] = (w - 5) * 0.03;
            fan.add(new Transmit.PlaneWave(tilts[w]));
        }
        Vector3 point = new Vector3(0.3e-3, 0, 8e-3);
        ChannelFormat all = format(LINEAR, fan, 5e-6, 500);
        ChannelFormat one = all.only(5);
        PixelGrid grid = new PixelGrid(point.x() - 5e-3, 0, point.z(), 0.1e-3, 1e-4, 1e-4, 101, 1, 1);
        DelayAndSum compound = DelayAndSum.plan(all, grid, DasOptions.DEFAULTS);
        DelayAndSum single = DelayAndSum.plan(one, grid, DasOptions.DEFAULTS);

        double gain = PointEchoes.magnitude(
                        compound.apply(
                                PointEchoes.data(all, PointEchoes.iq(all, SIGMA, linearPaths(point, tilts))),
                                RunContext.inline()),
                        0)[50]
                / PointEchoes.magnitude(
                        single.apply(
                                PointEchoes.data(one, PointEchoes.iq(one, SIGMA, linearPaths(point, new double[] {0}))),
                                RunContext.inline()),
                        0)[50];
        double noise = power(compound.apply(PointEchoes.random(all, 32, 1), RunContext.inline()))
                / power(single.apply(PointEchoes.random(one, 32, 2), RunContext.inline()));

        // linear interpolation of a pulse of 4 samples' deviation costs less than 1 %
        assertThat(gain).isCloseTo(waves, within(0.02 * waves));
        // 32 frames of some 25 independent pixels each: 1 / sqrt(800) of error on either side, five times that
        assertThat(noise).isCloseTo(waves, within(0.25 * waves));
    }

    @Test
    void matrix_tiltedWaves_findAPointInSpace() {
        Probe matrix = Probe.matrix("matrix", 16, 16, 0.3e-3, F).build();
        Vector3 point = new Vector3(0.6e-3, -0.4e-3, 7e-3);
        List<Transmit> waves = List.of(
                new Transmit.PlaneWave(0.08, -0.05), new Transmit.PlaneWave(0, 0), new Transmit.PlaneWave(-0.05, 0.1));
        ChannelFormat format = format(matrix, waves, 5e-6, 400);
        float[] iq = PointEchoes.iq(format, SIGMA, new PointEchoes.Paths() {
            @Override
            public double outS(int t) {
                Transmit.PlaneWave w = (Transmit.PlaneWave) waves.get(t);
                double x = Math.sin(w.tiltRad()) * Math.cos(w.elevationRad());
                double y = Math.sin(w.elevationRad());
                double z = Math.cos(w.tiltRad()) * Math.cos(w.elevationRad());
                double corner = 7.5 * 0.3e-3;
                return (x * point.x() + y * point.y() + z * point.z() + corner * (Math.abs(x) + Math.abs(y))) / C;
            }

            @Override
            public double backS(int t, int c) {
                double dx = point.x() - (c % 16 - 7.5) * 0.3e-3;
                int row = c / 16;
                double dy = point.y() - (row - 7.5) * 0.3e-3;
                return Math.sqrt(dx * dx + dy * dy + point.z() * point.z()) / C;
            }
        });

        assertFound(format, iq, DasOptions.DEFAULTS, point);
    }

    @Test
    void rowColumn_columnsFireAndRowsReceive_findAPointInSpace() {
        Probe rca = Probe.rowColumn("rca", 64, 64, 0.2e-3, 12.8e-3, F).build();
        // 4.45 mm of half aperture: no row stands on its edge
        Vector3 point = new Vector3(-0.8e-3, 0.6e-3, 8.9e-3);
        double[] tilts = {-0.2, -0.1, 0, 0.1, 0.2};
        List<Transmit> waves = new ArrayList<>();
        int[] rows = new int[64];
        for (double tilt : tilts) {
            waves.add(new Transmit.PlaneWave(tilt, 0, TransmitAperture.range(0, 64, 128)));
        }
        for (int r = 0; r < 64; r++) {
            rows[r] = 64 + r;
        }
        ChannelFormat format = new ChannelFormat(
                rca,
                new TransmitSequence(waves, F, 5000, C),
                SampleAxis.common(4 * F, 8e-6, waves.size(), 400),
                ChannelMap.ofElements(rows));
        float[] iq = PointEchoes.iq(format, SIGMA, new PointEchoes.Paths() {
            @Override
            public double outS(int t) {
                double first = 31.5 * 0.2e-3 * Math.abs(Math.sin(tilts[t]));
                return (point.x() * Math.sin(tilts[t]) + point.z() * Math.cos(tilts[t]) + first) / C;
            }

            @Override
            public double backS(int t, int c) {
                return Math.hypot(point.y() - (c - 31.5) * 0.2e-3, point.z()) / C;
            }
        });

        assertFound(format, iq, DasOptions.DEFAULTS, point);
    }

    @Test
    void phasedArray_divergingFocusedAndSingleElements_findAPoint() {
        Probe phased = Probe.phased("phased", 64, 0.1e-3, F).build();
        Vector3 point = new Vector3(1.2e-3, 0, 9e-3);
        double last = 31.5 * 0.1e-3;
        List<Transmit> waves = List.of(
                new Transmit.DivergingWave(0.5e-3, -6e-3),
                new Transmit.FocusedWave(1.2e-3, 9.4e-3),
                new Transmit.SingleElement(10),
                new Transmit.SingleElement(50));
        double toSource = Math.hypot(point.x() - 0.5e-3, point.z() + 6e-3);
        double[] out = {
            (toSource - 6e-3) / C,
            // the last element of the law fires when the first has covered the difference of their ways
            (Math.hypot(-last - 1.2e-3, 9.4e-3) - 0.4e-3) / C,
            Math.hypot(point.x() - (10 - 31.5) * 0.1e-3, point.z()) / C,
            Math.hypot(point.x() - (50 - 31.5) * 0.1e-3, point.z()) / C
        };
        // the element nearest to the source is 0.05 mm beside its foot
        double nearest = Math.hypot(0.05e-3, 6e-3);
        out[0] = (toSource - nearest) / C;
        for (int t = 0; t < waves.size(); t++) {
            int transmit = t;
            ChannelFormat format = format(phased, List.of(waves.get(t)), 5e-6, 500);
            float[] iq = PointEchoes.iq(format, SIGMA, new PointEchoes.Paths() {
                @Override
                public double outS(int ignored) {
                    return out[transmit];
                }

                @Override
                public double backS(int ignored, int c) {
                    return Math.hypot(point.x() - (c - 31.5) * 0.1e-3, point.z()) / C;
                }
            });
            assertFound(format, iq, DasOptions.DEFAULTS.withFNumber(1.5), point);
        }
    }

    @Test
    void multiplexedHalves_giveTheImageOfTheWholeArray() {
        Probe probe = Probe.linear("mux", 32, 0.1e-3, F).build();
        Transmit wave = new Transmit.PlaneWave(0.05);
        Vector3 point = new Vector3(0.2e-3, 0, 4e-3);
        ChannelFormat whole = format(probe, List.of(wave), 3e-6, 200);
        int[] even = new int[16];
        int[] odd = new int[16];
        for (int i = 0; i < 16; i++) {
            even[i] = 2 * i;
            odd[i] = 2 * i + 1;
        }
        ChannelFormat halves = new ChannelFormat(
                probe,
                new TransmitSequence(List.of(wave, wave), F, 5000, C),
                SampleAxis.common(4 * F, 3e-6, 2, 200),
                ChannelMap.ofElementsPerTransmit(even, odd));
        double out = (point.x() * Math.sin(0.05) + point.z() * Math.cos(0.05) + 15.5e-4 * Math.sin(0.05)) / C;
        PixelGrid grid = PixelGrid.xz(-1e-3, 1e-3, 21, 3.5e-3, 4.5e-3, 21);
        float[] full =
                PointEchoes.iq(whole, SIGMA, paths(out, c -> Math.hypot(point.x() - (c - 15.5) * 1e-4, point.z())));
        float[] parts = new float[full.length];
        int trace = 2 * 200;
        for (int i = 0; i < 16; i++) {
            System.arraycopy(full, even[i] * trace, parts, i * trace, trace);
            System.arraycopy(full, odd[i] * trace, parts, (16 + i) * trace, trace);
        }

        float[] a = DelayAndSum.plan(whole, grid, DasOptions.DEFAULTS)
                .apply(PointEchoes.data(whole, full), RunContext.inline())
                .copyFrame(0);
        float[] b = DelayAndSum.plan(halves, grid, DasOptions.DEFAULTS)
                .apply(PointEchoes.data(halves, parts), RunContext.inline())
                .copyFrame(0);

        for (int i = 0; i < a.length; i++) {
            // up to 32 summands of 1, added in another order in float32
            assertThat(b[i]).isCloseTo(a[i], within(1e-4f));
        }
    }

    @Test
    void lateClockAndLatePeak_areTakenBack() {
        Probe probe = Probe.linear("late", 32, 0.1e-3, F).build();
        Vector3 point = new Vector3(0.2e-3, 0, 4e-3);
        ChannelFormat format = format(probe, List.of(new Transmit.PlaneWave(0)), 3e-6, 250);
        float[] late = PointEchoes.iq(
                format,
                SIGMA,
                paths(point.z() / C + 0.9e-6, c -> Math.hypot(point.x() - (c - 15.5) * 1e-4, point.z())));

        assertFound(
                format,
                late,
                DasOptions.DEFAULTS.withCorrections(new TimeCorrections(0.6e-6, 0.3e-6, TimeCorrections.Lens.NONE)),
                point);
    }

    @Test
    void lens_refractedEchoes_areFoundWhereTheyCameFrom() {
        Probe probe = Probe.linear("lens", 64, 0.1e-3, F).build();
        Vector3 point = new Vector3(0.5e-3, 0, 5e-3);
        double thickness = 0.5e-3;
        double speed = 1000;
        ChannelFormat format = format(probe, List.of(new Transmit.PlaneWave(0)), 4e-6, 300);
        float[] iq = PointEchoes.iq(format, SIGMA, new PointEchoes.Paths() {
            @Override
            public double outS(int t) {
                return thickness / speed + point.z() / C;
            }

            @Override
            public double backS(int t, int c) {
                double offset = Math.abs(point.x() - (c - 31.5) * 1e-4);
                double best = Double.POSITIVE_INFINITY;
                // Fermat by trial: steps of a hundredth of a micrometre around a flat minimum
                for (double u = 0; u <= Math.min(offset, 0.6e-3) + 1e-12; u += 1e-8) {
                    best = Math.min(best, Math.hypot(thickness, u) / speed + Math.hypot(point.z(), offset - u) / C);
                }
                return best;
            }
        });
        TimeCorrections lens = new TimeCorrections(0, 0, new TimeCorrections.Lens(thickness, speed));
        DasOptions options = DasOptions.DEFAULTS.withCorrections(lens);

        assertFound(format, iq, options, point);
        PixelGrid one = new PixelGrid(point.x(), 0, point.z(), 1e-4, 1e-4, 1e-4, 1, 1, 1);
        double sum = PointEchoes.magnitude(
                DelayAndSum.plan(format, one, options).apply(PointEchoes.data(format, iq), RunContext.inline()), 0)[0];
        // 50 elements in phase; linear interpolation costs up to 1 %
        assertThat(sum).isBetween(0.97 * 50, 50.5);
    }

    @Test
    void soundSpeedOfTheMedium_setsDirectionAndRange() {
        double medium = 1450;
        double tilt = 0.15;
        Vector3 point = new Vector3(0.6e-3, 0, 8e-3);
        ChannelFormat format = format(LINEAR, List.of(new Transmit.PlaneWave(tilt)), 6e-6, 500);
        double sin = Math.sin(tilt) * medium / C;
        double first = 95.5e-4 * Math.sin(tilt) / C;
        double out = (point.x() * sin + point.z() * Math.sqrt(1 - sin * sin)) / medium + first;
        float[] iq = PointEchoes.iq(format, SIGMA, new PointEchoes.Paths() {
            @Override
            public double outS(int t) {
                return out;
            }

            @Override
            public double backS(int t, int c) {
                return Math.hypot(point.x() - (c - 95.5) * 1e-4, point.z()) / medium;
            }
        });

        assertFound(format, iq, DasOptions.DEFAULTS.withSoundSpeedMPerS(medium), point);
    }

    private interface Range {
        double of(int channel);
    }

    private static PointEchoes.Paths paths(double outS, Range range) {
        return new PointEchoes.Paths() {
            @Override
            public double outS(int t) {
                return outS;
            }

            @Override
            public double backS(int t, int c) {
                return range.of(c) / C;
            }
        };
    }

    private static PointEchoes.Paths linearPaths(Vector3 point, double[] tilts) {
        return new PointEchoes.Paths() {
            @Override
            public double outS(int t) {
                double first = 95.5 * 0.1e-3 * Math.abs(Math.sin(tilts[t]));
                return (point.x() * Math.sin(tilts[t]) + point.z() * Math.cos(tilts[t]) + first) / C;
            }

            @Override
            public double backS(int t, int c) {
                return Math.hypot(point.x() - (c - 95.5) * 0.1e-3, point.z()) / C;
            }
        };
    }

    /** The brightest pixel of a box around the point is the point. Steps are a fraction of the resolution. */
    private static void assertFound(ChannelFormat format, float[] iq, DasOptions options, Vector3 point) {
        double step = 0.05e-3;
        boolean flat = format.probe().isPlanar();
        PixelGrid grid = new PixelGrid(
                point.x() - 9 * step,
                flat ? 0 : point.y() - 9 * step,
                point.z() - 9 * step,
                step,
                step,
                step,
                19,
                flat ? 1 : 19,
                19);
        IqEnsemble image =
                DelayAndSum.plan(format, grid, options).apply(PointEchoes.data(format, iq), RunContext.inline());
        Vector3 found = PointEchoes.brightestPoint(image);
        assertThat(found.minus(point).length())
                .as("%s found at %s", format.sequence().transmits(), found)
                .isLessThan(0.9 * step);
    }

    private static double power(IqEnsemble images) {
        double sum = 0;
        for (int f = 0; f < images.frames(); f++) {
            for (float v : images.copyFrame(f)) {
                sum += (double) v * v;
            }
        }
        return sum;
    }

    private static ChannelFormat format(Probe probe, List<Transmit> waves, double startS, int samples) {
        return new ChannelFormat(
                probe,
                new TransmitSequence(waves, F, 5000, C),
                SampleAxis.common(4 * F, startS, waves.size(), samples));
    }
}
