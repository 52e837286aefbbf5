package org.fus.core.internal.vector;

import static org.assertj.core.api.Assertions.assertThat;

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
            @ForAll @IntRange(max = 5) int frameBits,
            @ForAll @IntRange(min = 1, max = 150) int samples) {
        SplittableRandom random = new SplittableRandom(seed);
        int frames = 1 << frameBits;
        int at = random.nextInt(30);
        short[] shorts = new short[frames * samples];
        float[] floats = new float[shorts.length];
        float[] expected = new float[at + shorts.length + 5];
        for (int i = 0; i < shorts.length; i++) {
            shorts[i] = (short) random.nextInt();
            floats[i] = shorts[i];
            expected[at + i % samples * frames + i / samples] = shorts[i];
        }
        float[] fromShorts = new float[expected.length];
        float[] fromFloats = new float[expected.length];
        float[] scratch = new float[TransposeKernel.SCRATCH];

        active.transpose(shorts, frames, samples, fromShorts, at, scratch);
        active.transpose(floats, frames, samples, fromFloats, at, scratch);

        assertThat(fromShorts).isEqualTo(expected);
        assertThat(fromFloats).isEqualTo(expected);
    }
}
