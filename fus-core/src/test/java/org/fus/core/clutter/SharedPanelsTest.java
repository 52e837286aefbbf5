package org.fus.core.clutter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.pipeline.Clutter;
import org.fus.core.run.RunContext;
import org.fus.core.testing.Ensembles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The last frames of a block share its wide panels; a copy of them has narrow ones. Nobody may see a difference. */
class SharedPanelsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "svd:2",
                "svd-auto:turning-point",
                "svd-local:6x6:2",
                "butterworth:100:1",
                "fir:100:3",
                "poly:1",
                "dct:2"
            })
    void apply_tailOfABlock_isThatOfACopy(String clutter) {
        IqEnsemble all = Ensembles.random(72, 12, 13, 9);
        IqEnsemble tail = all.slice(64, 8);
        float[][] frames = new float[8][];
        for (int f = 0; f < 8; f++) {
            frames[f] = all.copyFrame(64 + f);
        }
        IqEnsemble copy = IqEnsemble.copyOf(all.grid(), all.timing(), frames, Provenance.none());
        ClutterFilter filter = Clutter.parse(clutter).filter();
        assertThat(tail.panels().width()).isNotEqualTo(copy.panels().width());

        IqEnsemble filtered = filter.apply(tail, RunContext.inline());
        IqEnsemble expected = filter.apply(copy, RunContext.inline());
        DopplerFrame power = filter.power(tail, RunContext.inline());
        DopplerFrame expectedPower = filter.power(copy, RunContext.inline());

        // samples are of the order of 1; the vector and the scalar projection differ by rounding
        assertThat(filtered.frames()).isEqualTo(expected.frames());
        for (int f = 0; f < expected.frames(); f++) {
            assertThat(filtered.copyFrame(f)).containsExactly(expected.copyFrame(f), within(1e-4f));
        }
        assertThat(power.toArray()).containsExactly(expectedPower.toArray(), within(1e-4f));
    }
}
