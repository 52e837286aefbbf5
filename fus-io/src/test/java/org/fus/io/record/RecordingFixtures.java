package org.fus.io.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.data.RfBlock;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;

/** Small recordings whose every sample is known. */
final class RecordingFixtures {
    static final ChannelFormat FORMAT = new ChannelFormat(
            Probe.linear("test", 4, 1e-4, 15e6).build(),
            TransmitSequence.planeWaves(-0.1, 0.1, 2, 15e6, 5000),
            SampleAxis.common(60e6, 1e-6, 2, 24));

    static final PixelGrid GRID = PixelGrid.xz(-1e-3, 1e-3, 5, 2e-3, 4e-3, 7);
    static final IqEnsemble.Timing TIMING = new IqEnsemble.Timing(500, 15e6, 1540);

    private RecordingFixtures() {}

    static RecordingPlan rfPlan(int frames, int framesPerBlock) {
        return RecordingPlan.of(new RecordedContent.Rf(FORMAT), frames, framesPerBlock)
                .withMetadata(Map.of("subject", "\u00b5-rat \ud83d\udc00", "weight", Double.NaN));
    }

    static RfBlock rf(long firstFrame, int frames) {
        MemorySegment samples = Arena.ofAuto().allocate(RfBlock.bytes(FORMAT, frames), 8);
        long perFrame = RfBlock.bytes(FORMAT, 1) / 2;
        for (long i = 0; i < frames * perFrame; i++) {
            samples.setAtIndex(ValueLayout.JAVA_SHORT, i, sample(firstFrame * perFrame + i));
        }
        return RfBlock.wrap(FORMAT, firstFrame, frames, samples);
    }

    private static short sample(long i) {
        return (short) ((i * 0x9E3779B97F4A7C15L) >>> 48);
    }

    static void requireRf(RfBlock got, long firstFrame) {
        assertThat(got.samples().mismatch(rf(firstFrame, got.frames()).samples()))
                .isEqualTo(-1);
    }

    static IqEnsemble iq(int firstFrame, int frames) {
        float[][] values = new float[frames][2 * GRID.size()];
        for (int f = 0; f < frames; f++) {
            for (int i = 0; i < values[f].length; i++) {
                values[f][i] = 1000 * (firstFrame + f) + i;
            }
        }
        return IqEnsemble.copyOf(GRID, TIMING, values, Provenance.none());
    }

    static DopplerFrame map(int number) {
        float[] values = new float[GRID.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1000 * number + i;
        }
        return DopplerFrame.wrap(DopplerFrame.Quantity.POWER, GRID, values, Provenance.none());
    }

    static BlockNotes notes(int block) {
        return new BlockNotes(
                List.of(),
                Optional.of(Affine3.translation(block * 1e-3, 0, 0)),
                List.of(new BlockNotes.Event(block + 0.25, "stimulus \u2192 " + block)));
    }
}
