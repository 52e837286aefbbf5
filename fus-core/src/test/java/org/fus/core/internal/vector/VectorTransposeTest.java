package org.fus.core.internal.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.internal.kernel.TransposeKernel;

/** Transposed values stand where the definition puts them, exactly, and nothing else is touched. */
class VectorTransposeTest {
    private final TransposeKernel active = KernelProvider.active().transpose();

    @Property(tries = 200)
    void transpose_anySizes_putsEveryValueInItsPlace(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 32) int frames,
            @ForAll @IntRange(max = 3) int more,
            @ForAll @IntRange(min = 1, max = 150) int samples) {
        SplittableRandom random = new SplittableRandom(seed);
        int at = random.nextInt(30);
        int width = frames + more;
        int first = random.nextInt(9);
        MemorySegment shorts = MemorySegment.ofArray(new byte[first + 2 * frames * samples]);
        float[] floats = new float[first + frames * samples];
        float[] expected = new float[at + width * samples + 5];
        Arrays.fill(expected, 0.5f);
        for (int i = 0; i < frames * samples; i++) {
            short value = (short) random.nextInt();
            shorts.set(ValueLayout.JAVA_SHORT_UNALIGNED, first + 2L * i, value);
            floats[first + i] = value;
            expected[at + i % samples * width + i / samples] = value;
        }
        float[] fromShorts = new float[expected.length];
        float[] fromFloats = new float[expected.length];
        Arrays.fill(fromShorts, 0.5f);
        Arrays.fill(fromFloats, 0.5f);
        float[] scratch = new float[TransposeKernel.SCRATCH];

        active.transpose(shorts, first, 2L * samples, frames, samples, fromShorts, at, width, scratch);
        active.transpose(floats, first, samples, frames, samples, fromFloats, at, width, scratch);

        assertThat(fromShorts).isEqualTo(expected);
        assertThat(fromFloats).isEqualTo(expected);
    }
}
