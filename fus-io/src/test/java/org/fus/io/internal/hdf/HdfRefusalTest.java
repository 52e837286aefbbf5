package org.fus.io.internal.hdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.fus.core.error.FusFormatException;
import org.fus.io.content.SampleType;
import org.fus.io.source.MemorySource;
import org.junit.jupiter.api.Test;

/**
 * Nodes that HDF5 allows and that are not read, or damaged, each by its own message. {@code odd.h5} was made by h5py 3.7: a
 * link to itself, a link into another file, data without storage, data in chunks of which none is there with a fill value,
 * data packed by LZF, data with a checksum, and compact data.
 */
class HdfRefusalTest {
    /** Where the lengths of {@code compact}, and the size of the one chunk of {@code fletcher}, stand in the file. */
    private static final int COMPACT_LENGTH = 9184;

    private static final int ATTRIBUTE_LENGTH = 9560;
    private static final int CHUNK_BYTES = 6752;

    @Test
    void links_outOfTheFileOrInACircle_areNotFollowed() throws IOException {
        Hdf hdf = Hdf.open(MemorySource.wrap("odd.h5", odd()));
        assertRefused(() -> hdf.array("circle"), "odd.h5: circle: ");
        assertRefused(() -> hdf.array("outside"), "odd.h5: outside: is a link out of the file or in a circle");
    }

    @Test
    void values_thatAreNotThere_areMissed() throws IOException {
        Hdf hdf = Hdf.open(MemorySource.wrap("odd.h5", odd()));
        assertRefused(() -> hdf.array("unwritten"), "odd.h5: unwritten: expected numbers, got none");
        assertRefused(() -> hdf.numbers("unwrittenChunks"), "a chunk is missing and its fill value 7.0 is not 0");
    }

    @Test
    void values_packedAsNoOtherProgramOfTheFieldDoes_areRefusedByName() throws IOException {
        Hdf hdf = Hdf.open(MemorySource.wrap("odd.h5", odd()));
        assertRefused(() -> hdf.numbers("lzf"), "lzf: filter 32000 is not supported");
        assertRefused(() -> hdf.texts("number"), "number: expected texts, got class java.lang.Double");
    }

    @Test
    void compactValues_ofAnotherLength_areRefused() throws IOException {
        byte[] bytes = odd();
        assertThat(Hdf.open(MemorySource.wrap("odd.h5", bytes)).numbers("compact"))
                .containsExactly(1.5, 2.5, 3.5);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(COMPACT_LENGTH, 2);
        assertRefused(
                () -> Hdf.open(MemorySource.wrap("odd.h5", bytes)).array("compact"),
                "compact: expected [2] values, got 24 bytes");
    }

    @Test
    void attribute_ofMoreValuesThanTheFileHas_isRefused() throws IOException {
        byte[] bytes = odd();
        assertThat(Hdf.open(MemorySource.wrap("odd.h5", bytes)).attributeNumbers("", "long"))
                .hasValueSatisfying(v -> assertThat(v).containsExactly(0, 1, 2));
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(ATTRIBUTE_LENGTH, 1L << 40);
        assertRefused(
                () -> Hdf.open(MemorySource.wrap("odd.h5", bytes)).attributeNumbers("", "long"),
                "odd.h5: @long: cannot be read");
    }

    @Test
    void chunk_thatIsShorterThanItsChecksum_isRefused() throws IOException {
        byte[] bytes = odd();
        assertThat(Hdf.open(MemorySource.wrap("odd.h5", bytes)).numbers("fletcher"))
                .containsExactly(0, 1, 2, 3);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(CHUNK_BYTES, 2);
        assertRefused(
                () -> Hdf.open(MemorySource.wrap("odd.h5", bytes)).numbers("fletcher"),
                "is too short for its checksum");
    }

    @Test
    void array_beyondOneOfJava_isRefusedBeforeItIsRead() throws IOException {
        HdfGroup root = new HdfGroup();
        root.data("large", SampleType.FLOAT64, List.of(1L << 30), out -> {});
        Hdf hdf = Hdf.open(root.head("a.h5"));
        assertRefused(
                () -> hdf.array("large").doubles(),
                "large: expected fewer than 2 GiB of values, got shape [1073741824]");
    }

    private static void assertRefused(ThrowingCallable reading, String reason) {
        assertThatThrownBy(reading).isInstanceOf(FusFormatException.class).hasMessageContaining(reason);
    }

    private static byte[] odd() throws IOException {
        try (InputStream in = HdfRefusalTest.class.getResourceAsStream("odd.h5")) {
            return in.readAllBytes();
        }
    }
}
