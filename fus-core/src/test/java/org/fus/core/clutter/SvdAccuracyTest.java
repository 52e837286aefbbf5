package org.fus.core.clutter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.doppler.PowerDoppler;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.run.RunContext;
import org.fus.core.testing.AllocatedBytes;
import org.fus.core.testing.ClutteredBlood;
import org.fus.core.testing.Ensembles;
import org.fus.core.testing.JacobiSvd;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The filter against a singular value decomposition in double that knows nothing of Gram matrices. */
class SvdAccuracyTest {
    private static final int FRAMES = 200;
    private static final int NZ = 40;
    private static final int NX = 40;
    private static final int REMOVED = 40;
    private static final RunContext HERE = RunContext.inline();

    @Test
    void accurate_clutter60DbAboveBlood_isWithinTheStatedError() {
        IqEnsemble e = ClutteredBlood.of(FRAMES, NZ, NX, 60, 1);
        SvdClutterFilter filter = SvdClutterFilter.removing(REMOVED);

        Errors errors = errors(e, filter);

        // the figures that Precision.ACCURATE promises
        assertThat(errors.frames).isLessThan(1e-3);
        assertThat(errors.power).isLessThan(1e-4);
        assertThat(errors.powerOfFrames).isLessThan(1e-4);
        assertThat(errors(e, filter.withPrecision(Precision.DOUBLE)).frames).isLessThan(1e-6);
    }

    @Test
    void fast_clutter30DbAboveBlood_isWithinTheStatedError() {
        IqEnsemble e = ClutteredBlood.of(FRAMES, 128, 256, 30, 1);
        SvdClutterFilter filter = SvdClutterFilter.removing(REMOVED);

        float[] expected = filter.power(e, HERE).toArray();
        float[] fast = filter.withPrecision(Precision.FAST).power(e, HERE).toArray();

        double max = 0;
        double difference = 0;
        for (int p = 0; p < expected.length; p++) {
            max = Math.max(max, expected[p]);
            difference = Math.max(difference, Math.abs(fast[p] - expected[p]));
        }
        // the figure that Precision.FAST promises; the accurate mode itself is 100 times closer
        assertThat(difference / max).isLessThan(1e-2);
    }

    @Test
    void fast_beyondItsRange_warns() {
        IqEnsemble e = ClutteredBlood.of(64, 20, 20, 70, 3);

        assertThat(SvdClutterFilter.removing(30)
                        .withPrecision(Precision.FAST)
                        .power(e, HERE)
                        .provenance()
                        .warnings())
                .singleElement()
                .asString()
                .contains("not valid", "1e+06", "accurate");
        assertThat(SvdClutterFilter.removing(30).power(e, HERE).provenance().warnings())
                .isEmpty();
    }

    @Test
    void apply_framesNotFinite_areLeftOutAndNamed() {
        IqEnsemble clean = ClutteredBlood.of(40, 12, 12, 40, 4);
        FramePanels panels = FramePanels.allocate(42, 144);
        for (int f = 0, from = 0; f < 42; f++) {
            if (f != 7 && f != 30) {
                panels.setFrame(f, clean.copyFrame(from++));
            }
        }
        panels.set(7, 100, Float.NaN, 0);
        panels.set(30, 5, 0, Float.POSITIVE_INFINITY);
        IqEnsemble spoilt = IqEnsemble.ofPanels(clean.grid(), clean.timing(), panels, Provenance.none());
        SvdClutterFilter filter = SvdClutterFilter.removing(20);

        IqEnsemble filtered = filter.apply(spoilt, HERE);

        assertThat(filtered.frames()).isEqualTo(40);
        assertThat(filtered.provenance().warnings())
                .containsExactly("frames 7, 30 (2 in all) hold samples that are not finite and were left out");
        assertThat(filtered.copyFrame(39)).isEqualTo(filter.apply(clean, HERE).copyFrame(39));
        assertThat(filter.power(spoilt, HERE).toArray())
                .isEqualTo(filter.power(clean, HERE).toArray());
        FramePanels hopeless = FramePanels.allocate(3, 144);
        for (int f = 0; f < 3; f++) {
            hopeless.set(f, 3, Float.NaN, 0);
        }
        IqEnsemble nothing = IqEnsemble.ofPanels(clean.grid(), clean.timing(), hopeless, Provenance.none());
        assertThatThrownBy(() -> SvdClutterFilter.removing(1).apply(nothing, HERE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("every frame");
    }

    /** A vector kernel that boxes gives right results, slowly; only the allocated bytes tell. */
    @Test
    @Tag(AllocatedBytes.TAG)
    void steadyState_allocatesTheOutputAlone() {
        IqEnsemble e = Ensembles.random(FRAMES, 64, 128, 5);
        SvdClutterFilter filter = SvdClutterFilter.removing(REMOVED);
        SvdClutterFilter fast = filter.withPrecision(Precision.FAST);
        long map = 4L * 64 * 128;
        long frames = 2L * 4 * 224 * 64 * 128; // whole panels of 32 frames

        // objects of the call itself: provenance, lambdas, crews
        long few = 64 * 1024;
        assertAllocates(() -> filter.power(e, HERE), map + few);
        assertAllocates(() -> fast.power(e, HERE), map + few);
        assertAllocates(() -> filter.apply(e, HERE), frames + few);
    }

    private static void assertAllocates(Runnable call, long most) {
        assertThat(AllocatedBytes.least(call, most)).isLessThanOrEqualTo(most);
    }

    /** Largest differences over the largest value. */
    private record Errors(double frames, double power, double powerOfFrames) {}

    private static Errors errors(IqEnsemble e, SvdClutterFilter filter) {
        int pixels = NZ * NX;
        double[][] s = new double[FRAMES][2 * pixels];
        for (int t = 0; t < FRAMES; t++) {
            float[] frame = e.copyFrame(t);
            for (int p = 0; p < pixels; p++) {
                s[t][p] = frame[2 * p];
                s[t][pixels + p] = frame[2 * p + 1];
            }
        }
        double[][] expected = JacobiSvd.removeStrongest(s, REMOVED);
        IqEnsemble filtered = filter.apply(e, HERE);
        DopplerFrame power = filter.power(e, HERE);
        DopplerFrame slow = PowerDoppler.of(filtered, HERE);
        double[] mean = new double[pixels];
        double max = 0;
        double difference = 0;
        for (int t = 0; t < FRAMES; t++) {
            float[] frame = filtered.copyFrame(t);
            for (int p = 0; p < pixels; p++) {
                double re = expected[t][p];
                double im = expected[t][pixels + p];
                mean[p] += (re * re + im * im) / FRAMES;
                max = Math.max(max, Math.hypot(re, im));
                difference = Math.max(difference, Math.hypot(frame[2 * p] - re, frame[2 * p + 1] - im));
            }
        }
        double maxPower = 0;
        double powerDifference = 0;
        double slowDifference = 0;
        for (int p = 0; p < pixels; p++) {
            maxPower = Math.max(maxPower, mean[p]);
            powerDifference = Math.max(powerDifference, Math.abs(power.at(p) - mean[p]));
            slowDifference = Math.max(slowDifference, Math.abs(slow.at(p) - mean[p]));
        }
        return new Errors(difference / max, powerDifference / maxPower, slowDifference / maxPower);
    }
}
