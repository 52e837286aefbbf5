package org.fus.core.internal.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FramePanelsTest {
    private static final int CELLS = 3;

    @Property(tries = 200)
    void concatenate_anyParts_keepsEveryFrameInOrder(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 70) Integer> sizes) {
        List<FramePanels> parts = sizes.stream().map(n -> numbered(n, 100 * n)).toList();
        assertIsConcatenation(parts);
    }

    @Property(tries = 100)
    void concatenate_onePartTwice_keepsEveryFrame(@ForAll @IntRange(min = 1, max = 70) int frames) {
        FramePanels part = numbered(frames, 1000);
        assertIsConcatenation(List.of(part, part));
    }

    private static FramePanels numbered(int frames, int base) {
        FramePanels panels = FramePanels.allocate(frames, CELLS);
        for (int f = 0; f < frames; f++) {
            for (int c = 0; c < CELLS; c++) {
                panels.set(f, c, base + f, -(CELLS * f + c));
            }
        }
        return panels;
    }

    private static void assertIsConcatenation(List<FramePanels> parts) {
        FramePanels all = FramePanels.concatenate(parts);
        float[] expected = new float[2 * CELLS];
        float[] got = new float[2 * CELLS];
        int frame = 0;
        for (FramePanels part : parts) {
            for (int f = 0; f < part.frames(); f++) {
                part.copyFrame(f, expected);
                all.copyFrame(frame++, got);
                assertThat(got).as("frame %d", frame - 1).isEqualTo(expected);
            }
        }
        assertThat(all.frames()).isEqualTo(frame);
    }
}
