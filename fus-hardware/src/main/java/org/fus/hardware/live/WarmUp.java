package org.fus.hardware.live;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.fus.core.data.IqEnsemble;
import org.fus.core.run.RunContext;
import org.fus.hardware.BlockContent;
import org.fus.hardware.BlockRing;
import org.fus.hardware.DeviceBlock;
import org.fus.hardware.UploadedProgram;

/** Noise in place of the blocks of a device. */
final class WarmUp {
    /** Largest sample: a usual level of 14-bit converters. */
    private static final int AMPLITUDE = 2000;

    private WarmUp() {}

    /** The images of an ensemble of noise, made as those of a device's blocks are. */
    static IqEnsemble images(Imager imager, UploadedProgram program, int ensembleFrames, RunContext context) {
        int perBlock = program.group().framesPerBlock();
        List<IqEnsemble> parts = new ArrayList<>();
        try (BlockRing ring = new BlockRing(program, 2)) {
            for (int first = 0; first < ensembleFrames; first += perBlock) {
                BlockRing.Slot slot = ring.tryClaim().orElseThrow();
                if (first == 0) {
                    fill(slot.memory(), program.content());
                }
                ring.publish(slot, first / perBlock, first, perBlock, 0);
                try (DeviceBlock block = ring.take().orElseThrow()) {
                    parts.add(imager.images(block, context));
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("a block that is ready was waited for", e);
        }
        return IqEnsemble.concatenate(parts);
    }

    private static void fill(MemorySegment memory, BlockContent content) {
        SplittableRandom random = new SplittableRandom(0);
        switch (content) {
            case BlockContent.Rf rf -> {
                for (long i = 0; i < memory.byteSize() / Short.BYTES; i++) {
                    memory.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) random.nextInt(-AMPLITUDE, AMPLITUDE));
                }
            }
            case BlockContent.Iq iq -> {
                for (long i = 0; i < memory.byteSize() / Float.BYTES; i++) {
                    memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextDouble(-1, 1));
                }
            }
        }
    }
}
