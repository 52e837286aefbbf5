package org.fus.core.simulation;

import java.util.List;
import org.fus.core.data.ChannelFormat;
import org.fus.core.internal.kernel.EchoKernel;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.GaussianPulse;

/**
 * The echoes of tissue regions, computed once at rest on a grid of half samples and shifted per frame.
 *
 * <p>When a region moves by {@code d}, the echo of its scatterer k on element e moves in time by {@code d . g_ke / c},
 * where {@code g_ke} is the sum of the direction of the wave at the scatterer and the direction from the element to it.
 * The shift at the region's centre is applied exactly, with its change of amplitude; what the other scatterers differ by
 * is taken to first order, with two more traces {@code -a_k (g_ke - g_e) / c * pulse'} per region, one per direction.
 * What remains is of second order in {@code 2 pi f d . (g_ke - g_e) / c}.
 */
final class TissueEchoes {
    /** Dense samples on both sides of an echo that a shift may read. */
    private static final int MARGIN = HalfSampleShift.TAPS / 2 + 1;
    /** Samples computed beyond both ends of a trace, for echoes that move into it. */
    private static final int BEYOND = 24;

    private final EchoGeometry geometry;
    private final double samplesPerS;
    private final int transmits;
    private final int elements;
    private final int samples;
    private final List<TissueRegion> regions;
    private final double[] centreXM;
    private final double[] centreZM;
    /** Per region and [transmit][element]: still, x and z traces, of each the even and then the odd dense samples. */
    private final float[][][] echo;

    private final int[][] firstSample;

    TissueEchoes(
            ChannelFormat format,
            GaussianPulse pulse,
            EchoGeometry geometry,
            ElevationBeam beam,
            List<TissueRegion> regions,
            EchoKernel kernel,
            RunContext context) {
        this.geometry = geometry;
        this.samplesPerS = format.samples().samplingFrequencyHz();
        this.transmits = format.transmits();
        this.elements = format.channels();
        this.samples = format.sampleCount();
        this.regions = regions;
        this.centreXM = new double[regions.size()];
        this.centreZM = new double[regions.size()];
        this.echo = new float[regions.size()][transmits * elements][];
        this.firstSample = new int[regions.size()][transmits * elements];
        PulseTable still = PulseTable.of(pulse, 2 * samplesPerS);
        PulseTable slope = PulseTable.derivative(pulse, 2 * samplesPerS);
        for (int r = 0; r < regions.size(); r++) {
            Points points = Points.of(regions.get(r).atRest(), beam);
            findCentre(r, points);
            Out[] out = new Out[transmits];
            for (int t = 0; t < transmits; t++) {
                out[t] = new Out(t, points, centreXM[r], centreZM[r]);
            }
            int region = r;
            context.forEach(
                    "tissue echoes", elements, e -> computeAtRest(region, e, points, out, still, slope, kernel));
        }
    }

    /** The way out to a region: times, amplitudes, and how the direction of the wave differs from that at the centre. */
    private final class Out {
        private final int[] ticks;
        private final float[] amplitude;
        private final float[] directionX;
        private final float[] directionZ;

        Out(int transmit, Points points, double centreXM, double centreZM) {
            int n = points.size();
            this.ticks = new int[n];
            this.amplitude = new float[n];
            this.directionX = new float[n];
            this.directionZ = new float[n];
            geometry.out(transmit, points, ticksPerS(), ticks, amplitude);
            double cx = geometry.slopeOutX(transmit, centreXM, centreZM);
            double cz = geometry.slopeOutZ(transmit, centreXM, centreZM);
            for (int i = 0; i < n; i++) {
                directionX[i] = (float) (geometry.slopeOutX(transmit, points.xM()[i], points.zM()[i]) - cx);
                directionZ[i] = (float) (geometry.slopeOutZ(transmit, points.xM()[i], points.zM()[i]) - cz);
            }
        }
    }

    private double ticksPerS() {
        return 2 * samplesPerS * PulseTable.TICKS;
    }

    /** The centre of the echo power, where the expansion is exact. */
    private void findCentre(int r, Points points) {
        double sum = 0;
        double x = 0;
        double z = 0;
        for (int i = 0; i < points.size(); i++) {
            double power = points.amplitude()[i] * points.amplitude()[i];
            sum += power;
            x += power * points.xM()[i];
            z += power * points.zM()[i];
        }
        // a silent region has no echo to be exact for: any of its points will do
        centreXM[r] = sum > 0 ? x / sum : points.xM()[0];
        centreZM[r] = sum > 0 ? z / sum : points.zM()[0];
    }

    private void computeAtRest(
            int r, int e, Points points, Out[] out, PulseTable still, PulseTable slope, EchoKernel kernel) {
        int n = points.size();
        int[] ticks = new int[n];
        float[] amplitude = new float[n];
        geometry.back(e, points, ticksPerS(), ticks, amplitude);
        // echoes before sample 0 are kept too: time runs from sample -BEYOND here
        for (int i = 0; i < n; i++) {
            ticks[i] += 2 * BEYOND * PulseTable.TICKS;
        }
        float[] directionX = new float[n];
        float[] directionZ = new float[n];
        double range = geometry.rangeM(e, centreXM[r], centreZM[r]);
        double cx = geometry.offsetX(e, centreXM[r]) / range;
        double cz = geometry.offsetZ(e, centreZM[r]) / range;
        for (int i = 0; i < n; i++) {
            double ri = geometry.rangeM(e, points.xM()[i], points.zM()[i]);
            directionX[i] = (float) (geometry.offsetX(e, points.xM()[i]) / ri - cx);
            directionZ[i] = (float) (geometry.offsetZ(e, points.zM()[i]) / ri - cz);
        }
        EchoTrace trace = new EchoTrace(kernel, 2 * (samples + 2 * BEYOND), still.length(), n);
        float[] factor = new float[n];
        float[] scaled = new float[n];
        // displacement in metres -> delay in dense samples; minus, because a later pulse is p - delay * p'
        float perM = (float) (-2 * samplesPerS / geometry.soundSpeedMPerS());
        for (int t = 0; t < transmits; t++) {
            trace.clear();
            trace.place(still, n, out[t].ticks, out[t].amplitude, ticks, amplitude);
            trace.measure(still, n);
            trace.add(still, n);
            int first = Math.max(trace.firstSample() / 2 - MARGIN, 0);
            int end = Math.min(trace.endSample() / 2 + 1 + MARGIN, samples + 2 * BEYOND);
            int count = Math.max(end - first, 0);
            float[] kept = new float[6 * count];
            keep(trace, first, count, kept, 0);
            for (int axis = 1; axis <= 2; axis++) {
                float[] o = axis == 1 ? out[t].directionX : out[t].directionZ;
                float[] b = axis == 1 ? directionX : directionZ;
                for (int i = 0; i < n; i++) {
                    factor[i] = perM * (o[i] + b[i]);
                }
                trace.clear();
                trace.addScaled(slope, n, factor, scaled);
                keep(trace, first, count, kept, 2 * axis * count);
            }
            echo[r][t * elements + e] = kept;
            firstSample[r][t * elements + e] = first - BEYOND;
        }
    }

    private static void keep(EchoTrace trace, int first, int count, float[] kept, int at) {
        int cell = trace.guard() + 2 * first;
        for (int i = 0; i < count; i++) {
            kept[at + i] = trace.cells()[cell + 2 * i];
            kept[at + count + i] = trace.cells()[cell + 2 * i + 1];
        }
    }

    /** Where all regions are at a time, and what that changes on the way out. */
    Moved at(double timeS) {
        return new Moved(timeS);
    }

    /** The regions at one moment. Work space of one task. */
    final class Moved {
        private final float[] dxM = new float[regions.size()];
        private final float[] dzM = new float[regions.size()];
        private final double[][] pathOutM = new double[regions.size()][transmits];
        private final double[][] gainOut = new double[regions.size()][transmits];
        private final double[] pathBackM = new double[regions.size()];
        private final double[] gainBack = new double[regions.size()];
        private final float[] taps = new float[HalfSampleShift.TAPS];
        private float[] even = new float[0];
        private float[] odd = new float[0];

        private Moved(double timeS) {
            for (int r = 0; r < regions.size(); r++) {
                double dx = regions.get(r).motion().xM(timeS);
                double dz = regions.get(r).motion().zM(timeS);
                dxM[r] = (float) dx;
                dzM[r] = (float) dz;
                for (int t = 0; t < transmits; t++) {
                    double rest = geometry.pathOutM(t, centreXM[r], centreZM[r]);
                    double moved = geometry.pathOutM(t, centreXM[r] + dx, centreZM[r] + dz);
                    pathOutM[r][t] = moved - rest;
                    gainOut[r][t] = geometry.amplitudeOut(t, moved) / geometry.amplitudeOut(t, rest);
                }
            }
        }

        /** Turns to another element. */
        void look(int element) {
            for (int r = 0; r < regions.size(); r++) {
                double x = centreXM[r];
                double z = centreZM[r];
                double rest = geometry.rangeM(element, x, z);
                double moved = geometry.rangeM(element, x + dxM[r], z + dzM[r]);
                double loud = geometry.amplitudeBack(element, x, z, rest);
                pathBackM[r] = moved - rest;
                gainBack[r] = loud == 0 ? 0 : geometry.amplitudeBack(element, x + dxM[r], z + dzM[r], moved) / loud;
            }
        }

        /** Adds all regions to a trace of the element looked from. */
        void add(int transmit, int element, float[] cells, int guard, EchoKernel kernel) {
            int i = transmit * elements + element;
            for (int r = 0; r < regions.size(); r++) {
                double delay = 2 * samplesPerS * (pathOutM[r][transmit] + pathBackM[r]) / geometry.soundSpeedMPerS();
                addRegion(r, i, delay, gainOut[r][transmit] * gainBack[r], cells, guard, kernel);
            }
        }

        private void addRegion(int r, int i, double delay, double gain, float[] cells, int guard, EchoKernel kernel) {
            float[] kept = echo[r][i];
            int n = kept.length / 6;
            if (even.length < n) {
                even = new float[n];
                odd = new float[n];
            }
            float dx = dxM[r];
            float dz = dzM[r];
            for (int k = 0; k < n; k++) {
                even[k] = kept[k] + dx * kept[2 * n + k] + dz * kept[4 * n + k];
            }
            for (int k = 0; k < n; k++) {
                odd[k] = kept[n + k] + dx * kept[3 * n + k] + dz * kept[5 * n + k];
            }
            // output sample s lies at the dense position 2 s - delay = 2 s - whole + fraction
            double whole = Math.ceil(delay);
            HalfSampleShift.taps(whole - delay, gain, taps);
            int back = (int) whole + HalfSampleShift.TAPS / 2 - 1;
            boolean onEven = (back & 1) == 0;
            int first = firstSample[r][i] + (onEven ? back : back + 1) / 2;
            int skip = Math.max(-first, 0);
            int count = Math.min(n - HalfSampleShift.TAPS / 2, samples - first) - skip;
            if (count > 0) {
                kernel.addInterpolated(
                        cells,
                        guard + first + skip,
                        count,
                        onEven ? even : odd,
                        skip,
                        onEven ? odd : even,
                        onEven ? skip : skip + 1,
                        taps);
            }
        }
    }
}
