package org.fus.hardware.igtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.geometry.Vector3;
import org.junit.jupiter.api.Test;

/** Bytes of the protocol's own test data (openigtlink/OpenIGTLink, Testing/igtlutil), and round trips of everything. */
class IgtlCodecTest {
    private static final String MATRIX =
            "bf7473cd3e4959e6be63dd98be4959e63e12491b3f7852d6" + "3e63dd983f7852d6bdc830ae42383660419bc46742383660";
    private static final String METADATA = "0002001100030000000200120003000000024669727374"
            + "2070617469656e742061676532325365636f6e642070617469656e7420616765" + "3235";

    private static String header(String version, String type, String size, String crc) {
        return version + hex(type, 12) + hex("DeviceName", 20) + "00000000499602d4" + size + crc;
    }

    private static String hex(String text, int length) {
        return HexFormat.of().formatHex(Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), length));
    }

    private static IgtlMessage decoded(String hex) {
        Messages.Read read = Messages.read(HexFormat.of().parseHex(hex));
        assertThat(read.damaged()).isEmpty();
        assertThat(read.stop()).isEmpty();
        assertThat(read.messages()).hasSize(1);
        return read.messages().getFirst();
    }

    /** All but the lowest bits of the fraction of the timestamp, which nanoseconds do not hold. */
    private static void assertSameBytes(IgtlMessage message, int version, String hex) {
        String again = HexFormat.of().formatHex(IgtlEncoder.encode(message, version));
        int fraction = 2 * (2 + 12 + 20 + 7);
        assertThat(again.substring(0, fraction)).isEqualTo(hex.substring(0, fraction));
        assertThat(again.substring(fraction + 2)).isEqualTo(hex.substring(fraction + 2));
    }

    @Test
    void transform_ofTheProtocolsTestData_version2WithMetadata() {
        String hex = header("0002", "TRANSFORM", "0000000000000075", "f698f64fdae266dd") + "000c00120000002700000001"
                + MATRIX + METADATA;

        IgtlMessage m = decoded(hex);

        assertThat(m.device()).isEqualTo("DeviceName");
        assertThat(m.messageId()).isEqualTo(1);
        assertThat(m.metadata()).isEqualTo(Map.of("First patient age", "22", "Second patient age", "25"));
        Affine3 map = ((IgtlTransform) m.content()).map();
        // the test data's matrix, float32: columns are (-0.954892, 0.196632, -0.222525), ... and 46.0531 mm
        assertThat(map.at(0, 0)).isCloseTo(-0.954892, within(1e-6));
        assertThat(map.at(1, 0)).isCloseTo(0.196632, within(1e-6));
        assertThat(map.at(0, 1)).isCloseTo(-0.196632, within(1e-6));
        assertThat(map.at(0, 3)).isCloseTo(46.0531e-3, within(1e-7));
        assertThat(map.at(1, 3)).isCloseTo(19.4709e-3, within(1e-7));
        assertSameBytes(m, 2, hex);
    }

    @Test
    void tracking_ofTheProtocolsTestData_version2WithMetadata() {
        String elements = IntStream.range(0, 3)
                .mapToObj(i -> hex("Tracker" + i, 20) + "0200" + MATRIX)
                .collect(Collectors.joining());
        String hex = header("0002", "TDATA", "0000000000000117", "bd309e0e33101c37") + "000c00120000002700000001"
                + elements + METADATA;

        IgtlMessage m = decoded(hex);

        assertThat(((IgtlTracking) m.content()).elements())
                .extracting(IgtlTracking.Element::name)
                .containsExactly("Tracker0", "Tracker1", "Tracker2");
        assertSameBytes(m, 2, hex);
    }

    @Test
    void statusAndString_ofTheProtocolsTestData() {
        String status = header("0001", "STATUS", "0000000000000036", "98ee43eed8e431cf") + "000f000000000000000a"
                + hex("ACTUATOR_DISABLED", 20) + hex("Actuator A is disabled.", 24);
        String string = header("0001", "STRING", "000000000000001a", "cef1b42a701104d4") + "00030016"
                + hex("Welcome to OpenIGTLink", 22);

        assertThat(decoded(status).content())
                .isEqualTo(new IgtlStatus(15, 10, "ACTUATOR_DISABLED", "Actuator A is disabled."));
        assertThat(decoded(string).content()).isEqualTo(new IgtlString("Welcome to OpenIGTLink"));
        assertSameBytes(decoded(status), 1, status);
        assertSameBytes(decoded(string), 1, string);
    }

    @Test
    void image_bytes_areThoseOfTheProtocol() {
        // voxels of 0.1 x 0.2 x 0.4 mm, the first at (1, 2, 3) mm: the centre of 3 x 2 x 1 pixels is (1.1, 2.1, 3) mm
        Affine3 voxels = Affine3.translation(1e-3, 2e-3, 3e-3).after(Affine3.scale(1e-4, 2e-4, 4e-4));
        IgtlImage image = IgtlImage.ofFloats(new IgtlImage.Size(3, 2, 1), voxels, new float[] {0, 1, 2, 3, 4, 5});

        ByteBuffer b = ByteBuffer.wrap(IgtlEncoder.encode(IgtlMessage.of("PowerDoppler", image), 1));

        assertThat(b.getLong(42)).isEqualTo(72 + 24);
        b.position(58);
        assertThat(b.getShort()).isEqualTo((short) 1);
        assertThat(new byte[] {b.get(), b.get(), b.get(), b.get()}).containsExactly(1, 10, 2, 1);
        assertThat(new short[] {b.getShort(), b.getShort(), b.getShort()}).containsExactly(3, 2, 1);
        float[] geometry = new float[12];
        for (int i = 0; i < 12; i++) {
            geometry[i] = b.getFloat();
        }
        // float32 of millimetres
        assertThat(geometry)
                .containsExactly(new float[] {0.1f, 0, 0, 0, 0.2f, 0, 0, 0, 0.4f, 1.1f, 2.1f, 3}, within(1e-6f));
        short[] part = new short[6];
        for (int i = 0; i < 6; i++) {
            part[i] = b.getShort();
        }
        assertThat(part).containsExactly(0, 0, 0, 3, 2, 1);
        b.order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 6; i++) {
            assertThat(b.getFloat()).isEqualTo(i);
        }
        assertThat(b.hasRemaining()).isFalse();
    }

    @Test
    void everyKind_thereAndBack_isTheSame() {
        for (IgtlMessage m : Messages.everyKind()) {
            Messages.Read one = Messages.read(IgtlEncoder.encode(m, 1));
            Messages.Read two = Messages.read(IgtlEncoder.encode(m, 2));
            assertThat(two.damaged()).isEmpty();
            IgtlMessage again = two.messages().getFirst();
            assertThat(again.metadata()).isEqualTo(m.metadata());
            assertThat(again.messageId()).isEqualTo(7);
            assertThat(again.timestamp()).isEqualTo(m.timestamp());
            assertThat(again.device()).isEqualTo("Scanner");
            // maps lose what float32 does not hold; the bytes of a second trip are those of the first
            assertThat(IgtlEncoder.encode(again, 2)).isEqualTo(IgtlEncoder.encode(m, 2));
            assertThat(one.messages().getFirst().metadata()).isEmpty();
            assertThat(IgtlEncoder.encode(one.messages().getFirst(), 1)).isEqualTo(IgtlEncoder.encode(m, 1));
        }
    }

    @Property(tries = 200)
    void transform_ofFloats_isExactOnTheWire(@ForAll("coordinates") List<Float> values) {
        ByteBuffer content = ByteBuffer.allocate(48);
        values.forEach(content::putFloat);
        byte[] bytes = raw("TRANSFORM", content.array());

        Messages.Read read = Messages.read(bytes);

        assertThat(IgtlEncoder.encode(read.messages().getFirst(), 1)).isEqualTo(bytes);
    }

    @Provide
    Arbitrary<List<Float>> coordinates() {
        // negative zero comes back as zero: adding to it is how matrices are made
        return Arbitraries.floats()
                .filter(f -> Float.floatToIntBits(f) != Integer.MIN_VALUE)
                .list()
                .ofSize(12);
    }

    @Property(tries = 200)
    void textsAndMetadata_thereAndBack_areTheSame(
            @ForAll("texts") String text, @ForAll("entries") Map<String, String> metadata, @ForAll int id) {
        IgtlMessage m = new IgtlMessage(
                "d", Instant.ofEpochSecond(1, 5), new IgtlString(text), metadata, Integer.toUnsignedLong(id));

        IgtlMessage again = Messages.read(IgtlEncoder.encode(m, 2)).messages().getFirst();

        assertThat(again).isEqualTo(m);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars('a', 'z', ' ', '\u00e9', '\u20ac', '\0')
                .ofMaxLength(300);
    }

    @Provide
    Arbitrary<Map<String, String>> entries() {
        return Arbitraries.maps(texts().filter(t -> !t.isEmpty()), texts()).ofMaxSize(5);
    }

    @Property(tries = 200)
    void images_thereAndBack_areTheSame(@ForAll("images") IgtlImage image) {
        IgtlImage again = (IgtlImage) Messages.read(IgtlEncoder.encode(IgtlMessage.of("d", image), 2))
                .messages()
                .getFirst()
                .content();

        assertThat(again.pixels()).isEqualTo(image.pixels());
        assertThat(again.toDoubles()).isEqualTo(image.toDoubles());
        assertThat(again.size()).isEqualTo(image.size());
        assertThat(again.part()).isEqualTo(image.part());
        assertThat(again.scalar()).isEqualTo(image.scalar());
        assertThat(again.components()).isEqualTo(image.components());
        assertThat(again.coordinates()).isEqualTo(image.coordinates());
        // the map holds up to 0.1 m with float32 of millimetres: 100 mm * 2^-24, times the sum of four terms
        assertThat(again.voxelsToFrame().toRowMajor())
                .containsExactly(image.voxelsToFrame().toRowMajor(), within(4 * 100e-3 * 0x1p-24));
    }

    @Provide
    Arbitrary<IgtlImage> images() {
        Arbitrary<Integer> n = Arbitraries.integers().between(1, 6);
        Arbitrary<IgtlImage.Size> sizes = Combinators.combine(n, n, n).as(IgtlImage.Size::new);
        Arbitrary<Affine3> maps = Arbitraries.doubles()
                .between(-5e-3, 5e-3)
                .ofScale(9)
                .list()
                .ofSize(12)
                .map(IgtlCodecTest::map);
        return Combinators.combine(
                        sizes,
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(IgtlImage.Scalar.class),
                        Arbitraries.of(IgtlImage.Coordinates.class),
                        maps,
                        Arbitraries.randomValue(r -> r),
                        Arbitraries.of(true, false))
                .as((size, components, scalar, axes, map, random, big) -> {
                    int i = random.nextInt(size.ni());
                    int j = random.nextInt(size.nj());
                    int k = random.nextInt(size.nk());
                    IgtlImage.Size inner = new IgtlImage.Size(
                            1 + random.nextInt(size.ni() - i),
                            1 + random.nextInt(size.nj() - j),
                            1 + random.nextInt(size.nk() - k));
                    byte[] samples = new byte[(int) inner.pixels() * components * scalar.bytes()];
                    random.nextBytes(samples);
                    return new IgtlImage(
                            size,
                            components,
                            scalar,
                            axes,
                            map,
                            new IgtlImage.Part(i, j, k, inner),
                            IgtlPixels.wrap(samples, big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN));
                });
    }

    private static Affine3 map(List<Double> values) {
        double[] m = new double[16];
        for (int i = 0; i < 12; i++) {
            m[i] = values.get(i);
        }
        m[15] = 1;
        return Affine3.ofRowMajor(m);
    }

    @Property(tries = 100)
    void timestamps_areExactToTheNanosecond(@ForAll @IntRange(max = 999_999_999) int nanos) {
        Instant time = Instant.ofEpochSecond(4_294_967_295L, nanos);
        IgtlMessage m = IgtlMessage.of("d", new IgtlString("x")).at(time);

        assertThat(Messages.read(IgtlEncoder.encode(m, 1)).messages().getFirst().timestamp())
                .isEqualTo(time);
    }

    @Test
    void imageOfMap_eachPixelLiesWhereTheMapSays() {
        PixelGrid plane = PixelGrid.xz(-1e-3, 1e-3, 5, 4e-3, 6e-3, 3);
        PixelGrid box = PixelGrid.box(new Vector3(0, 1e-3, 2e-3), new Vector3(1e-3, 2e-3, 3e-3), 4, 3, 2);
        for (PixelGrid grid : List.of(plane, box)) {
            float[] values = new float[grid.size()];
            for (int p = 0; p < values.length; p++) {
                values[p] = p;
            }
            DopplerFrame frame = DopplerFrame.wrap(DopplerFrame.Quantity.POWER, grid, values, Provenance.none());

            IgtlImage image = IgtlImage.of(frame, Affine3.translation(0, 0, 10e-3));

            double[] shown = image.toDoubles();
            int ni = image.size().ni();
            int nj = image.size().nj();
            for (int p = 0; p < shown.length; p++) {
                Vector3 array = grid.pointM((int) shown[p]);
                // PROBE has z up; the probe stands 10 mm up in its frame
                assertThat(image.voxelsToFrame().apply(p % ni, Math.floorDiv(p, ni) % nj, Math.floorDiv(p, ni * nj)))
                        .containsExactly(new double[] {array.x(), array.y(), 10e-3 - array.z()}, within(1e-15));
            }
        }
        assertThat(IgtlImage.of(
                                DopplerFrame.wrap(DopplerFrame.Quantity.POWER, plane, new float[15], Provenance.none()),
                                Affine3.identity())
                        .size())
                .isEqualTo(new IgtlImage.Size(5, 3, 1));
    }

    /** A version 1 message around any bytes, with the right checksum. */
    static byte[] raw(String type, byte[] body) {
        ByteBuffer b = ByteBuffer.allocate(IgtlHeader.BYTES + body.length);
        new IgtlHeader(1, type, "d", Instant.EPOCH, body.length, Crc64.of(body, 0, body.length)).write(b);
        return b.put(body).array();
    }
}
