package org.fus.io.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.fus.core.error.FusFormatException;
import org.fus.io.source.ByteSource;
import org.fus.io.source.DiskFile;

/**
 * The file of a block: a shard of the store. Before its inner chunks stands what belongs to the block, which no entry of the
 * index points to, so that samples and notes become durable together:
 * {@code FUSBLOCK}, u32 length, notes as JSON, u32 crc32c of the JSON; then each chunk and its crc32c; then the index, a u64
 * offset and a u64 size per chunk, and its crc32c. Little-endian.
 */
final class BlockFile {
    private static final byte[] MAGIC = "FUSBLOCK".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD_BYTES = MAGIC.length + Integer.BYTES;
    private static final int CHECKSUM_BYTES = Integer.BYTES;

    /** Far above the notes of a block of any device. */
    private static final int MAX_NOTES_BYTES = 64 << 20;

    /** Bytes that are summed and then written while they still lie in the second-level cache. */
    private static final int PIECE_BYTES = 1 << 18;

    private BlockFile() {}

    /** Gives the bytes of an inner chunk; a buffer is used before the next is asked for. */
    @FunctionalInterface
    interface Chunks {
        ByteBuffer get(int number);
    }

    /**
     * Writes a block.
     *
     * @param file an empty file
     * @param notes what belongs to the block
     * @param stored inner chunks that the block fills
     * @param all inner chunks of a whole block; those beyond {@code stored} are marked as absent
     */
    static void write(DiskFile file, byte[] notes, int stored, int all, Chunks chunks) throws IOException {
        ByteBuffer head = little(HEAD_BYTES + notes.length + CHECKSUM_BYTES);
        head.put(MAGIC).putInt(notes.length).put(notes).putInt(checksum(ByteBuffer.wrap(notes)));
        long at = head.capacity();
        file.write(0, head.flip());
        ByteBuffer index = little(16 * all + CHECKSUM_BYTES);
        ByteBuffer crc = little(CHECKSUM_BYTES);
        for (int n = 0; n < all; n++) {
            if (n >= stored) {
                index.putLong(-1).putLong(-1);
                continue;
            }
            long end = writeChunk(file, at, chunks.get(n), crc);
            index.putLong(at).putLong(end - at);
            at = end;
        }
        index.putInt(checksum(index.duplicate().flip()));
        file.write(at, index.flip());
    }

    /** Writes a chunk and its checksum; returns where they end. */
    private static long writeChunk(DiskFile file, long at, ByteBuffer chunk, ByteBuffer checksum) throws IOException {
        CRC32C crc = new CRC32C();
        long to = at;
        while (chunk.remaining() > PIECE_BYTES) {
            ByteBuffer piece = chunk.slice(chunk.position(), PIECE_BYTES);
            crc.update(piece.duplicate());
            file.write(to, piece);
            chunk.position(chunk.position() + PIECE_BYTES);
            to += PIECE_BYTES;
        }
        int rest = chunk.remaining();
        crc.update(chunk.duplicate());
        file.write(to, chunk, checksum.clear().putInt((int) crc.getValue()).flip());
        return to + rest + CHECKSUM_BYTES;
    }

    /** Reads what belongs to a block. */
    static RecordedBlock readNotes(ByteSource block, long number) {
        if (block.size() < HEAD_BYTES) {
            throw damaged(block, "the block has " + block.size() + " bytes, expected at least " + HEAD_BYTES);
        }
        ByteBuffer head = little(HEAD_BYTES);
        block.read(0, head);
        head.flip();
        byte[] magic = new byte[MAGIC.length];
        head.get(magic);
        int length = head.getInt();
        if (!java.util.Arrays.equals(magic, MAGIC)
                || length < 0
                || length > MAX_NOTES_BYTES
                || length > block.size() - HEAD_BYTES - CHECKSUM_BYTES) {
            throw damaged(block, "expected FUSBLOCK and the length of the notes, got other bytes");
        }
        ByteBuffer notes = little(length + CHECKSUM_BYTES);
        block.read(HEAD_BYTES, notes);
        byte[] json = new byte[length];
        notes.flip().get(json);
        if (notes.getInt() != checksum(ByteBuffer.wrap(json))) {
            throw damaged(block, "the notes do not have the checksum that is stored with them");
        }
        return BlockNotes.fromJson(block.name(), number, json);
    }

    private static FusFormatException damaged(ByteSource block, String problem) {
        return new FusFormatException(block.name(), "head of the block", problem + "; the block is damaged");
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
