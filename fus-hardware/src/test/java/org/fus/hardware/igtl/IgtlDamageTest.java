package org.fus.hardware.igtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.Affine3;
import org.junit.jupiter.api.Test;

/** Whatever comes in, the reader passes over what is damaged, or says why it cannot go on; nothing else. */
class IgtlDamageTest {
    private static final byte[] GOOD = IgtlEncoder.encode(IgtlMessage.of("good", new IgtlString("here")), 2);
    private static final int CRC_AT = 50;
    private static final int SIZE_AT = 42;

    private static void assertGoodFollows(Messages.Read read) {
        assertThat(read.stop()).isEmpty();
        assertThat(read.messages().getLast().device()).isEqualTo("good");
    }

    @Test
    void everyTruncation_isToldAndNeverAMessage() {
        for (IgtlMessage m : Messages.everyKind()) {
            byte[] whole = IgtlEncoder.encode(m, 2);
            for (int n = 1; n < whole.length; n++) {
                Messages.Read read = Messages.read(Arrays.copyOf(whole, n));
                assertThat(read.messages()).isEmpty();
                assertThat(read.stop()).containsInstanceOf(EOFException.class);
            }
        }
    }

    @Test
    void everyFlippedByteOfABody_isCaughtByTheChecksum() {
        for (IgtlMessage m : Messages.everyKind()) {
            byte[] whole = IgtlEncoder.encode(m, 2);
            for (int at = CRC_AT; at < whole.length; at++) {
                byte[] flipped = whole.clone();
                flipped[at] ^= 0x40;
                Messages.Read read = Messages.read(flipped, GOOD);
                assertThat(read.damaged()).hasSize(1);
                assertThat(read.damaged().getFirst()).hasMessageContaining("checksum");
                assertThat(read.messages()).hasSize(1);
                assertGoodFollows(read);
            }
        }
    }

    /** Damage that whoever sent it has signed: each field in turn gets extreme values, and the checksum is right. */
    @Test
    void everyFieldWithExtremes_isAMessageOrOneClearError() {
        Set<String> reasons = new HashSet<>();
        for (IgtlMessage m : Messages.everyKind()) {
            for (int version = 1; version <= 2; version++) {
                byte[] whole = IgtlEncoder.encode(m, version);
                for (int at = IgtlHeader.BYTES; at < whole.length; at++) {
                    for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
                        byte[] changed = whole.clone();
                        changed[at] = (byte) value;
                        if (at + 1 < whole.length && value == 0xff) {
                            changed[at + 1] = (byte) value; // sizes of two bytes, NaN
                        }
                        Messages.Read read = Messages.read(signed(changed), GOOD);
                        assertThat(read.messages().size() + read.damaged().size())
                                .isEqualTo(2);
                        assertGoodFollows(read);
                        read.damaged().forEach(e -> reasons.add(e.getMessage().replaceAll("[0-9]+", "N")));
                    }
                }
            }
        }
        // the walk reaches every kind of check
        assertThat(String.join("\n", reasons))
                .contains(
                        "extended header",
                        "metadata index",
                        "metadata entry",
                        "scalar type",
                        "byte order",
                        "coordinates",
                        "does not lie inside",
                        "bytes of samples",
                        "kind of instrument",
                        "encoding",
                        "finite numbers",
                        "image version",
                        "each number must be N to N");
    }

    @Property(tries = 500)
    void noiseInABody_isAMessageOrOneClearError(
            @ForAll @IntRange(max = 7) int kind, @ForAll byte[] noise, @ForAll @IntRange(max = 200) int skip) {
        byte[] whole = IgtlEncoder.encode(Messages.everyKind().get(kind), 2);
        int at = IgtlHeader.BYTES + Math.min(skip, whole.length - IgtlHeader.BYTES);
        System.arraycopy(noise, 0, whole, at, Math.min(noise.length, whole.length - at));

        Messages.Read read = Messages.read(signed(whole), GOOD);

        assertThat(read.messages().size() + read.damaged().size()).isEqualTo(2);
        assertGoodFollows(read);
    }

    @Property(tries = 300)
    void noiseAsAStream_endsWithAClearReason(@ForAll byte[] noise) {
        Messages.Read read = Messages.read(noise);

        assertThat(read.messages()).isEmpty();
        assertThat(read.stop().isPresent()).isEqualTo(noise.length > 0);
    }

    @Test
    void hugeSizes_areRefusedBeforeTheyAreAllocated() {
        for (long size :
                new long[] {Messages.LIMIT + 1L, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
            byte[] huge = GOOD.clone();
            ByteBuffer.wrap(huge).putLong(SIZE_AT, size);
            assertThat(Messages.read(huge).stop())
                    .hasValueSatisfying(e -> assertThat(e)
                            .isInstanceOf(FusFormatException.class)
                            .hasMessageContaining(
                                    "expected at most 1048576 bytes, got " + Long.toUnsignedString(size)));
        }
    }

    @Test
    void notOpenIgtLink_isNamed() {
        byte[] http = Arrays.copyOf("GET / HTTP/1.1\r\nHost: localhost\r\n".getBytes(StandardCharsets.US_ASCII), 80);
        assertThat(Messages.read(http).stop())
                .hasValueSatisfying(e -> assertThat(e)
                        .hasMessageContaining("header version")
                        .hasMessageContaining("is this OpenIGTLink?"));
    }

    @Test
    void wrongArguments_areRefusedWithBothValues() {
        IgtlImage.Size size = new IgtlImage.Size(2, 2, 1);
        assertThatThrownBy(() -> IgtlImage.ofFloats(size, Affine3.identity(), new float[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("12 bytes of samples, expected 16");
        assertThatThrownBy(() -> new IgtlImage.Size(70_000, 1, 1)).hasMessageContaining("70000 x 1 x 1");
        assertThatThrownBy(() -> IgtlMessage.of("a name of 21 letters ", new IgtlString("")))
                .hasMessageContaining("at most 20");
        assertThatThrownBy(() -> IgtlMessage.of("d", new IgtlString("")).withMetadata(Map.of("", "x")))
                .hasMessageContaining("1 to 65535 bytes");
        assertThatThrownBy(() -> IgtlOther.of("TOO_LONG_A_TYPE")).hasMessageContaining("1 to 12");
        assertThatThrownBy(() -> new IgtlString("x".repeat(65536))).hasMessageContaining("65536 bytes");
        assertThatThrownBy(() -> IgtlOptions.forServer().withHeaderVersion(3)).hasMessageContaining("version of 3");
    }

    private static byte[] signed(byte[] message) {
        byte[] out = message.clone();
        ByteBuffer.wrap(out).putLong(CRC_AT, Crc64.of(out, IgtlHeader.BYTES, out.length - IgtlHeader.BYTES));
        return out;
    }
}
