package org.fus.io.nifti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.core.geometry.Affine3;
import org.fus.core.testing.Golden;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.source.MemoryFolder;
import org.fus.io.source.MemorySource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NiftiFormatTest {
    private static final String RUN = "samples/fusi-bids/sub-01/ses-01/fusi/sub-01_ses-01_task-rest_pwd.nii.gz";

    @Test
    void read_sampleOfFusiBids_hasItsDocumentedValuesAndTimes() {
        FusSeries s = series(FusFiles.open(Golden.file(RUN)));

        assertThat(s.shape()).isEqualTo(new FusSeries.Shape(1, 1, 5, 6, 1, 8));
        double[] values = s.read(0, 0, 0, 5);
        for (int t = 0; t < 5; t++) {
            for (int z = 0; z < 6; z++) {
                for (int x = 0; x < 8; x++) {
                    // The rule of the sample: C-order index in (i, j, k, t).
                    assertThat(values[(t * 6 + z) * 8 + x]).isEqualTo((x * 6 + z) * 5 + t);
                }
            }
        }
        // Onsets 0.1, 0.6, ... and a duration of 0.4 s.
        assertThat(s.times().timesS()).hasSize(5);
        for (int t = 0; t < 5; t++) {
            assertThat(s.times().timesS().get(t)).isCloseTo(0.5 + 0.5 * t, within(1e-12));
        }
        // The header is of single precision.
        assertThat(s.geometry().dxM()).isCloseTo(0.11e-3, within(1e-11));
        assertThat(s.geometry().dyM()).isCloseTo(0.4e-3, within(1e-11));
        assertThat(s.geometry().dzM()).isCloseTo(0.09856e-3, within(1e-11));
        double[] first = s.geometry().voxelsToProbe().apply(0, 0, 0);
        assertThat(first[0]).isCloseTo(-0.385e-3, within(1e-11));
        assertThat(first[1]).isEqualTo(0);
        assertThat(first[2]).isCloseTo(-1e-3, within(1e-11));
        double[] deeper = s.geometry().voxelsToProbe().apply(0, 0, 1);
        assertThat(deeper[2]).isCloseTo(-1e-3 - 0.09856e-3, within(1e-11));
        assertThat(s.metadata())
                .containsEntry("TaskName", "rest")
                .containsEntry("taskName", "rest")
                .containsEntry("transmitFrequencyMHz", 15.625)
                .containsEntry("prfHz", 5500.0)
                .containsEntry("integrationWindowS", 0.4)
                .containsEntry("Manufacturer", "Iconeus");
        assertThat(s.metadata().get("anglesDeg"))
                .isEqualTo(List.of(-10.0, -8.0, -6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0, 8.0, 10.0));
    }

    @ParameterizedTest
    @CsvSource({"1,false,false", "1,true,false", "2,false,false", "2,true,false", "1,true,true", "2,false,true"})
    void read_eachVersionAndByteOrder_givesTheSame(int version, boolean bigEndian, boolean packed) {
        byte[] file = image(version, bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        String name = packed ? "a.nii.gz" : "a.nii";

        Content content = FusFiles.open(MemorySource.wrap(name, packed ? gzip(file) : file));

        FusSeries s = series(content);
        assertThat(content.origin().dtype()).isEqualTo("int16");
        assertThat(s.shape()).isEqualTo(new FusSeries.Shape(1, 1, 2, 3, 2, 4));
        // The file counts in (t, k = y, j = z, i = x).
        double[] v = s.read(0, 0, 1, 1);
        for (int z = 0; z < 3; z++) {
            for (int y = 0; y < 2; y++) {
                for (int x = 0; x < 4; x++) {
                    assertThat(v[(z * 2 + y) * 4 + x]).isEqualTo(((2 + y) * 3 + z) * 4 + x);
                }
            }
        }
        // Reading backwards unpacks again from the start.
        assertThat(s.read(0, 0, 0, 1)[0]).isZero();
    }

    @Test
    void read_withoutSidecar_takesTimesFromTheHeaderAndSaysWhatItAssumed() {
        byte[] file = image(1, ByteOrder.LITTLE_ENDIAN);
        put(file).putFloat(76 + 16, 500);
        put(file).put(123, (byte) 16); // no unit of length, milliseconds

        Content content = FusFiles.open(MemorySource.wrap("a.nii", file));

        assertThat(series(content).times().timesS()).containsExactly(0.5, 1.0);
        assertThat(content.origin().warnings())
                .containsExactly("the header states no unit of length; millimetres are assumed");
    }

    @Test
    void read_slopeAndIntercept_scaleValues() {
        byte[] file = image(1, ByteOrder.LITTLE_ENDIAN);
        put(file).putFloat(112, 0.5f).putFloat(116, -2);

        Content content = FusFiles.open(MemorySource.wrap("a.nii", file));

        assertThat(series(content).read(0, 0, 0, 1)[3]).isEqualTo(3 * 0.5 - 2);
        assertThat(content.origin().dtype()).isEqualTo("float64");
    }

    @Test
    void read_quaternion_turnsAsTheFormatSays() {
        byte[] file = image(1, ByteOrder.LITTLE_ENDIAN);
        float half = (float) Math.sqrt(0.5);
        // 90 degrees about the third axis: i runs along Y (depth), j along -X.
        put(file)
                .putShort(252, (short) 1)
                .putFloat(264, half)
                .putFloat(268, 7)
                .putFloat(272, 8)
                .putFloat(276, 9);

        Affine3 map = series(FusFiles.open(MemorySource.wrap("a.nii", file)))
                .geometry()
                .voxelsToProbe();

        // Image (7, 8, 9) mm is PROBE (7, 9, -8) mm; a step of x goes 0.1 mm deeper.
        double[] origin = map.apply(0, 0, 0);
        assertThat(origin).containsExactly(new double[] {7e-3, 9e-3, -8e-3}, within(1e-12));
        assertThat(map.apply(1, 0, 0)).containsExactly(new double[] {7e-3, 9e-3, -8.1e-3}, within(1e-9));
        assertThat(map.apply(0, 0, 1)).containsExactly(new double[] {7e-3 - 0.2e-3, 9e-3, -8e-3}, within(1e-9));
    }

    @Test
    void read_sform_isPreferredToQform() {
        byte[] file = image(1, ByteOrder.LITTLE_ENDIAN);
        put(file).putShort(252, (short) 1).putShort(254, (short) 2);
        float[] rows = {2, 0, 0, 10, 0, 3, 0, 20, 0, 0, 4, 30};
        for (int i = 0; i < 12; i++) {
            put(file).putFloat(280 + 4 * i, rows[i]);
        }

        FusSeries.Geometry g =
                series(FusFiles.open(MemorySource.wrap("a.nii", file))).geometry();

        assertThat(List.of(g.dxM(), g.dyM(), g.dzM())).containsExactly(2e-3, 4e-3, 3e-3);
        assertThat(g.voxelsToProbe().apply(0, 0, 0))
                .containsExactly(new double[] {10e-3, 30e-3, -20e-3}, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(strings = {"15.625e6|400", "15.625|0.4"})
    void read_unitsOfOtherDrafts_areToldByMagnitude(String figures) {
        String[] f = figures.split("\\|", 2);
        String json = "{\"RepetitionTime\": 0.5, \"UltrasoundTransmitFrequency\": " + f[0]
                + ", \"PowerDopplerIntegrationDuration\": " + f[1] + ", \"PlaneWaveAzimuthAngles\": [0, 1]}";

        Content content = withSidecar(json);

        assertThat(series(content).metadata())
                .containsEntry("UltrasoundTransmitFrequency", 15.625e6)
                .containsEntry("PowerDopplerIntegrationDuration", 0.4)
                .containsEntry("PlaneWaveAngles", List.of(0L, 1L));
        assertThat(content.origin().warnings()).hasSize(1).first().asString().startsWith("sidecar: ");
    }

    @Test
    void read_volumeTimingAndSliceTiming_giveEndsOfVolumesAndSlices() {
        Content content = withSidecar("{\"VolumeTiming\": [0.25, 1.5], \"FrameAcquisitionDuration\": 0.5,"
                + " \"SliceTiming\": [0.25, 0], \"PowerDopplerIntegrationDuration\": 0.125}");

        assertThat(series(content).times().timesS()).containsExactly(0.75, 2.0);
        assertThat(series(content).times().sliceTimesS()).containsExactly(0.625, 0.375, 1.875, 1.625);
    }

    @Test
    void read_posesOfConfusius_areInTheFrameOfTheSdk() {
        // (elevation, depth, lateral) in mm: a shift of 1 mm in elevation, 2 in depth, 3 lateral.
        Content content = withSidecar("{\"RepetitionTime\": 0.5, \"ConfUSIusAffines\": {\"physical_to_lab\":"
                + " [[1,0,0,1],[0,1,0,2],[0,0,1,3],[0,0,0,1]], \"other\": [[1]]}}");

        assertThat(series(content).geometry().probeToLab()).containsExactly(Affine3.translation(3e-3, 1e-3, -2e-3));
        assertThat(series(content).metadata()).containsKey("ConfUSIusAffines");
    }

    @Test
    void read_headerFieldsAndExtensions_areKept() {
        byte[] plain = image(1, ByteOrder.LITTLE_ENDIAN);
        byte[] text = "hello".getBytes(StandardCharsets.UTF_8);
        byte[] file = new byte[plain.length + 32];
        System.arraycopy(plain, 0, file, 0, 352);
        System.arraycopy(plain, 352, file, 384, plain.length - 352);
        put(file)
                .putFloat(108, 384)
                .put(348, (byte) 1)
                .putInt(352, 32)
                .putInt(356, 6)
                .put(360, text);
        put(file).put(148, "made by hand".getBytes(StandardCharsets.UTF_8)).putFloat(124, 9);

        FusSeries s = series(FusFiles.open(MemorySource.wrap("a.nii", file)));

        assertThat(s.metadata())
                .containsEntry("NiftiHeader", Map.of("cal_max", 9.0, "descrip", "made by hand"))
                .containsEntry(
                        "NiftiExtensions", List.of(Map.of("code", 6L, "base64", "aGVsbG8AAAAAAAAAAAAAAAAAAAAAAAAA")));
        assertThat(s.read(0, 0, 0, 1)[1]).isEqualTo(1);
    }

    @Test
    void read_wrongHeaders_nameFieldAndByte() {
        assertDamaged(352, f -> f.putShort(42, (short) 0), "byte 40, dim: axis 1 has the length 0.0");
        assertDamaged(352, f -> f.putShort(42, (short) -1), "byte 40, dim");
        assertDamaged(352, f -> f.putShort(42, (short) 30_000), "byte 40, dim: the file is too short");
        assertDamaged(352, f -> f.putShort(40, (short) 8), "byte 40, dim: expected 1 to 7 axes");
        assertDamaged(352, f -> f.putShort(72, (short) 8), "byte 72, bitpix: expected 16");
        assertDamaged(352, f -> f.putFloat(108, 100), "byte 108, vox_offset");
        assertDamaged(352, f -> f.putFloat(108, Float.NaN), "byte 108, vox_offset");
        assertDamaged(352, f -> f.putFloat(108, 1e9f), "byte 108, vox_offset");
        assertDamaged(
                352, f -> f.put(348, (byte) 1).putFloat(108, 368).putInt(352, 5).putShort(48, (short) 1), "extension");
        assertDamaged(352, f -> f.putShort(252, (short) 1).putFloat(268, Float.NaN), "byte 268, qoffset");
        assertDamaged(352, f -> f.putFloat(80, 0), "byte 76, pixdim: axis 1 has voxels of size 0");
        assertDamaged(352, f -> f.put(344, (byte) 'x'), "byte 0");
    }

    @Test
    void read_rgb_isNotSupported() {
        byte[] file = image(1, ByteOrder.LITTLE_ENDIAN);
        put(file).putShort(70, (short) 128);

        assertThatThrownBy(() -> FusFiles.open(MemorySource.wrap("a.nii", file)))
                .isInstanceOf(FusUnsupportedFormatException.class)
                .hasMessageContaining("datatype: code 128");
    }

    @Test
    void read_packedFileThatClaimsMoreThanItCanHold_isRefusedBeforeAnythingIsAllocated() {
        byte[] file = image(2, ByteOrder.LITTLE_ENDIAN);
        for (int axis = 1; axis <= 4; axis++) {
            put(file).putLong(16 + 8 * axis, 1L << 40);
        }
        assertThatThrownBy(() -> FusFiles.open(MemorySource.wrap("a.nii.gz", gzip(file))))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("by the size of the packed file");
    }

    @Test
    void read_packedFileOfZeros_unpacksNoMoreThanWhatIsUsed() {
        byte[] file = Arrays.copyOf(image(1, ByteOrder.LITTLE_ENDIAN), 64 << 20);
        byte[] bomb = gzip(file);
        assertThat(bomb.length).isLessThan(100_000);

        FusSeries s = series(FusFiles.open(MemorySource.wrap("a.nii.gz", bomb)));

        assertThatThrownBy(() -> s.read(0, 0, 1, 1))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("the header does not fit the file");
    }

    @Test
    void read_packedFileWithWrongChecksum_isRefusedWhenTheEndIsReached() {
        byte[] packed = gzip(image(1, ByteOrder.LITTLE_ENDIAN));
        packed[packed.length - 8] ^= 1;
        FusSeries s = series(FusFiles.open(MemorySource.wrap("a.nii.gz", packed)));

        assertThat(s.read(0, 0, 0, 1)[1]).isEqualTo(1);
        assertThatThrownBy(() -> s.read(0, 0, 0, 2))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("gzip");
    }

    @Test
    void read_brokenSidecar_isNamed() {
        assertThatThrownBy(() -> withSidecar("{\"a\": "))
                .isInstanceOf(FusFormatException.class)
                .hasMessageStartingWith("folder/a.json: line 1");
        assertThatThrownBy(() -> withSidecar("[]")).isInstanceOf(FusFormatException.class);
        assertThatThrownBy(() -> withSidecar("null")).isInstanceOf(FusFormatException.class);
    }

    private static void assertDamaged(int length, java.util.function.Consumer<ByteBuffer> damage, String message) {
        byte[] file = image(1, ByteOrder.LITTLE_ENDIAN);
        assertThat(file.length).isGreaterThan(length);
        damage.accept(put(file));
        assertThatThrownBy(() -> FusFiles.open(MemorySource.wrap("a.nii", file)))
                .isInstanceOf(FusFormatException.class)
                .hasMessageStartingWith("a.nii: ")
                .hasMessageContaining(message);
    }

    private static Content withSidecar(String json) {
        Map<String, byte[]> files =
                Map.of("a.nii", image(1, ByteOrder.LITTLE_ENDIAN), "a.json", json.getBytes(StandardCharsets.UTF_8));
        return FusFiles.open(MemoryFolder.of("folder", files).file("a.nii").orElseThrow());
    }

    private static FusSeries series(Content content) {
        return ((Content.Series) content).series();
    }

    private static ByteBuffer put(byte[] file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** int16 of dims (x 4, z 3, y 2, t 2), value = place in the file; voxels of 0.1 x 0.2 x 0.3 mm, 0.5 s. */
    static byte[] image(int version, ByteOrder order) {
        int head = version == 1 ? 348 : 540;
        ByteBuffer b = ByteBuffer.allocate(head + 4 + 48 * 2).order(order);
        b.putInt(0, head);
        int[] dims = {4, 4, 3, 2, 2, 1, 1, 1};
        double[] pixdim = {1, 0.1, 0.2, 0.3, 0.5, 1, 1, 1};
        if (version == 1) {
            b.put(344, "n+1\0".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 8; i++) {
                b.putShort(40 + 2 * i, (short) dims[i]).putFloat(76 + 4 * i, (float) pixdim[i]);
            }
            b.putShort(70, (short) 4)
                    .putShort(72, (short) 16)
                    .putFloat(108, 352)
                    .put(123, (byte) 10);
        } else {
            b.put(4, "n+2\0\r\n\032\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 8; i++) {
                b.putLong(16 + 8 * i, dims[i]).putDouble(104 + 8 * i, pixdim[i]);
            }
            b.putShort(12, (short) 4).putShort(14, (short) 16).putLong(168, 544).putInt(500, 10);
        }
        for (int i = 0; i < 48; i++) {
            b.putShort(head + 4 + 2 * i, (short) i);
        }
        return b.array();
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
