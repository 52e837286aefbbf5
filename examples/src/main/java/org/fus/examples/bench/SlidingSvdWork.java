package org.fus.examples.bench;

import java.util.List;
import java.util.OptionalDouble;
import org.fus.core.clutter.ComponentRule;
import org.fus.core.clutter.SlidingSvdFilter;
import org.fus.core.data.IqEnsemble;
import org.fus.core.run.RunContext;

/** The live filter: 32 new frames of a window of 192, filtered. Its yardstick is the time in which they are acquired. */
final class SlidingSvdWork implements BenchWork {
    private static final int REMOVED = 40;
    private static final int NEW_FRAMES = 32;

    /** Whole panels of 32, which move on without a copy. */
    private static final int WINDOW = 192;

    private final IqEnsemble input;
    private final SlidingSvdFilter filter = new SlidingSvdFilter(ComponentRule.removing(REMOVED), WINDOW);
    private int next;
    private IqEnsemble filtered;

    SlidingSvdWork(SvdInput input) {
        this.input = input.ensemble().slice(0, WINDOW);
        filter.next(this.input, RunContext.inline());
    }

    @Override
    public String name() {
        return "sliding SVD filter, 32 new frames of 192, 128 x 256";
    }

    @Override
    public List<String> variants() {
        return List.of();
    }

    @Override
    public Target target() {
        return new Target(1.0, 1.0);
    }

    @Override
    public int unitsPerCall() {
        return 1;
    }

    @Override
    public String unit() {
        return "block";
    }

    /** The blocks of one window, over and over. */
    @Override
    public void run() {
        filtered = filter.next(input.slice(next, NEW_FRAMES), RunContext.inline());
        next = (next + NEW_FRAMES) % WINDOW;
    }

    @Override
    public double checksum() {
        float[] frame = filtered.copyFrame(0);
        double sum = 0;
        for (int i = 0; i < frame.length; i += 97) {
            sum += Math.abs((double) frame[i]);
        }
        return sum;
    }

    @Override
    public long outputBytes() {
        return 2L * Float.BYTES * NEW_FRAMES * SvdInput.PIXELS;
    }

    @Override
    public OptionalDouble realTimeMs() {
        return OptionalDouble.of(1e3 * NEW_FRAMES / SvdInput.FRAME_RATE_HZ);
    }
}
