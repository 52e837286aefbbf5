package org.fus.core.simulation;

import java.util.Arrays;
import org.fus.core.data.ChannelFormat;
import org.fus.core.internal.kernel.EchoKernel;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.GaussianPulse;

/**
 * Noiseless traces in the phantom's own unit. The scatterers stand still within a frame: all its firings see them where
 * they are at {@code frame / frame rate}.
 */
final class FrameSynthesis {
    /**
     * Elements and frames per task: about 20 ms. Several frames at a time, because the echoes of tissue at rest are read
     * from memory once per task.
     */
    private static final int GROUP = 8;

    private static final int RUN = 4;

    /** Frames whose scatterers are placed before their echoes are added: some 5 MB. */
    private static final int CHUNK = 16;

    private final ChannelFormat format;
    private final Phantom phantom;
    private final EchoGeometry geometry;
    private final ElevationBeam beam;
    private final PulseTable pulse;
    private final TissueEchoes tissue;
    private final EchoKernel kernel = KernelProvider.active().echo();

    FrameSynthesis(ChannelFormat format, GaussianPulse pulse, Medium medium, Phantom phantom, RunContext context) {
        this.format = format;
        this.phantom = phantom;
        this.geometry = new EchoGeometry(format, medium);
        this.beam = ElevationBeam.of(format, medium);
        this.pulse = PulseTable.of(pulse, format.samples().samplingFrequencyHz());
        this.tissue = new TissueEchoes(format, pulse, geometry, beam, phantom.tissue(), kernel, context);
    }

    /** Takes one finished trace: samples from {@code cells[from]} on. It may change them. */
    @FunctionalInterface
    interface TraceSink {
        void accept(int frame, int transmit, int element, float[] cells, int from);
    }

    /** Computes frames; the sink is called from several threads, once per trace, in any order. */
    void frames(long firstFrame, int count, boolean withTissue, RunContext context, TraceSink sink) {
        RunContext quiet = context.withProgress((stage, done, total) -> {});
        int groups = Math.ceilDiv(format.channels(), GROUP);
        for (int start = 0; start < count; start += CHUNK) {
            context.report("simulate", start, count);
            int offset = start;
            Moment[] moments = new Moment[Math.min(CHUNK, count - start)];
            quiet.forEach("simulate", moments.length, i -> moments[i] = new Moment(firstFrame + offset + i));
            int runs = Math.ceilDiv(moments.length, RUN);
            quiet.forEach("simulate", runs * groups, task -> {
                int from = task / groups * RUN;
                View[] views = new View[Math.min(RUN, moments.length - from)];
                for (int i = 0; i < views.length; i++) {
                    views[i] = new View(moments[from + i]);
                }
                int first = task % groups * GROUP;
                int end = Math.min(first + GROUP, format.channels());
                traces(views, offset + from, first, end, withTissue, sink);
            });
        }
        context.report("simulate", count, count);
    }

    /** Where everything is in one frame, and the way out. Written once, then read by many tasks. */
    private final class Moment {
        private final double timeS;
        private final Points blood;
        private final int[][] ticksOut;
        private final float[][] amplitudeOut;

        Moment(long frame) {
            this.timeS = frame / format.sequence().frameRateHz();
            this.blood = blood(timeS);
            this.ticksOut = new int[format.transmits()][blood.size()];
            this.amplitudeOut = new float[format.transmits()][blood.size()];
            for (int t = 0; t < format.transmits(); t++) {
                geometry.out(t, blood, ticksPerS(), ticksOut[t], amplitudeOut[t]);
            }
        }
    }

    /** A moment as one element after the other sees it. Work space of one task. */
    private final class View {
        private final Moment moment;
        private final int[] ticksBack;
        private final float[] amplitudeBack;
        private final TissueEchoes.Moved moved;
        private final EchoTrace trace;

        View(Moment moment) {
            int n = moment.blood.size();
            this.moment = moment;
            this.ticksBack = new int[n];
            this.amplitudeBack = new float[n];
            this.moved = tissue.at(moment.timeS);
            this.trace = new EchoTrace(kernel, format.sampleCount(), pulse.length(), n);
        }

        void look(int element) {
            geometry.back(element, moment.blood, ticksPerS(), ticksBack, amplitudeBack);
            moved.look(element);
        }

        EchoTrace trace(int transmit, int element, boolean withTissue) {
            int n = moment.blood.size();
            trace.clear();
            trace.place(pulse, n, moment.ticksOut[transmit], moment.amplitudeOut[transmit], ticksBack, amplitudeBack);
            trace.add(pulse, n);
            if (withTissue) {
                moved.add(transmit, element, trace.cells(), trace.guard(), kernel);
            }
            return trace;
        }
    }

    private double ticksPerS() {
        return format.samples().samplingFrequencyHz() * PulseTable.TICKS;
    }

    private void traces(
            View[] views, int firstFrame, int firstElement, int endElement, boolean withTissue, TraceSink sink) {
        for (int e = firstElement; e < endElement; e++) {
            for (View v : views) {
                v.look(e);
            }
            for (int t = 0; t < format.transmits(); t++) {
                for (int i = 0; i < views.length; i++) {
                    EchoTrace trace = views[i].trace(t, e, withTissue);
                    sink.accept(firstFrame + i, t, e, trace.cells(), trace.guard());
                }
            }
        }
    }

    private Points blood(double timeS) {
        Scatterers[] parts = new Scatterers[phantom.vessels().size()];
        for (int v = 0; v < parts.length; v++) {
            parts[v] = phantom.vessels().get(v).at(timeS, phantom.seed(), v).scatterers();
        }
        int n = Arrays.stream(parts).mapToInt(Scatterers::size).sum();
        Points points = new Points(new double[n], new double[n], new double[n]);
        int at = 0;
        for (Scatterers part : parts) {
            at = points.fill(at, part, beam);
        }
        return points;
    }
}
