package org.fus.core.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.internal.layout.FramePanels;

class ChirpZTest {
    @Property(tries = 60)
    void transform_anySteps_isThePlainSum(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 90) int inputs,
            @ForAll @IntRange(min = 1, max = 90) int outputs) {
        SplittableRandom random = new SplittableRandom(seed);
        double first = random.nextDouble(-50, 50);
        double step = random.nextDouble(0.01, 2);
        double place = random.nextDouble(-3, 3);
        double placeStep = random.nextDouble(0.001, 1);
        int width = 2;
        ChirpZ z = ChirpZ.of(inputs, first, step, outputs, place, placeStep, 0.5);
        float[] work = new float[FramePanels.BASE + 2 * width * z.workCells()];
        for (int i = 0; i < work.length; i++) {
            work[i] = (float) random.nextDouble(-1, 1);
        }
        float[] x = work.clone();

        z.transform(KernelProvider.active(), work, width, z.newScratch(width));

        for (int lane = 0; lane < width; lane++) {
            for (int j = 0; j < outputs; j++) {
                double re = 0;
                double im = 0;
                for (int i = 0; i < inputs; i++) {
                    double angle = 2 * Math.PI * (first + i * step) * (place + j * placeStep);
                    int o = FramePanels.BASE + 2 * width * i + lane;
                    re += 0.5 * (x[o] * Math.cos(angle) - x[o + width] * Math.sin(angle));
                    im += 0.5 * (x[o] * Math.sin(angle) + x[o + width] * Math.cos(angle));
                }
                int o = FramePanels.BASE + 2 * width * j + lane;
                // float32 chirps and transforms: some roundings of 6e-8 of the norm, which is sqrt(inputs)
                double tolerance = 2e-6 * Math.sqrt(inputs);
                assertThat(Math.hypot(work[o] - re, work[o + width] - im)).isLessThan(tolerance);
            }
        }
    }
}
