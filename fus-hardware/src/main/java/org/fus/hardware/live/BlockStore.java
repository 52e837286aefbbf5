package org.fus.hardware.live;

import java.util.Objects;
import org.fus.hardware.BlockContent;
import org.fus.hardware.DeviceBlock;
import org.fus.io.record.BlockNotes;
import org.fus.io.record.RecordingWriter;

/** Stores the blocks of a run. */
@FunctionalInterface
public interface BlockStore {
    /**
     * Stores one block. Blocks come in order, one at a time. Their samples are valid until this returns; the caller releases
     * them.
     *
     * @param block raw samples or images
     */
    void store(DeviceBlock block);

    /**
     * Appends to a recording, durably: when a block is stored, it is on the disk.
     *
     * @param writer its plan is for the content of the blocks; the caller closes it when the run has ended
     * @return the store
     */
    static BlockStore to(RecordingWriter writer) {
        Objects.requireNonNull(writer, "writer");
        return block -> {
            switch (block.content()) {
                case BlockContent.Rf rf -> writer.append(block.rf());
                case BlockContent.Iq iq -> writer.append(block.iq(), BlockNotes.NONE);
            }
        };
    }
}
