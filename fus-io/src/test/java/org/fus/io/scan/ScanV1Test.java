package org.fus.io.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.Affine3;
import org.fus.core.testing.Golden;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.OpenOptions;
import org.fus.io.content.WriteOptions;
import org.fus.io.testing.Peers;
import org.fus.io.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Version 1: the sample files, whose every value is its own index, and files written here. */
class ScanV1Test {
    private static final String V1 = "Iconeus scan v1 (HDF5)";

    @TempDir
    Path folder;

    /** Shapes as stored: cycles x repeats are times; value = index in (cycle, pose, repeat, z, y, x). */
    @ParameterizedTest
    @CsvSource({
        "v1_2Dscan, 1, 1, 5, 6, 1, 8",
        "v1_2Dscan_ascii, 1, 1, 5, 6, 1, 8",
        "v1_3Dscan, 1, 6, 1, 6, 1, 8",
        "v1_4Dscan, 3, 6, 1, 6, 1, 8",
        "v1_4Dscan_nblock2, 3, 6, 2, 6, 1, 8",
        "v1_4DscanCustom, 7, 3, 1, 6, 1, 8",
        "v1_4DscanRCA, 1, 1, 5, 6, 7, 8",
        "v1_3DscanRCA, 1, 1, 1, 6, 7, 8",
        "v1_4Dscan_multiarray, 3, 5, 1, 6, 4, 8"
    })
    void open_sampleAsStored_everyValueIsItsIndex(
            String name, int cycles, int poses, int repeats, int nz, int ny, int nx) {
        FusSeries s = raw(name);

        assertThat(s.shape()).isEqualTo(new FusSeries.Shape(1, poses, cycles * repeats, nz, ny, nx));
        int voxels = nz * ny * nx;
        for (int p = 0; p < poses; p++) {
            double[] values = s.read(0, p, 0, cycles * repeats);
            for (int i = 0; i < values.length; i++) {
                int t = i / voxels;
                int index = (((t / repeats) * poses + p) * repeats + t % repeats) * voxels + i % voxels;
                assertThat(values[i]).isEqualTo(index);
            }
        }
    }

    @Test
    void open_2Dscan_hasWhatItsDescriptionSays() {
        FusSeries s = series("v1_2Dscan");

        assertThat(s.times().timesS()).containsExactly(0.4, 0.8, 0.4 * 3, 1.6, 2.0);
        assertThat(s.metadata())
                .containsEntry("projectTag", "projA")
                .containsEntry("subjectTag", "sub-01")
                .containsEntry("sessionTag", "ses-01")
                .containsEntry("scanTag", "scan-01")
                .containsEntry("acquisitionDate", "2025-03-04T05:06:07Z")
                .containsEntry("machineSerialNumber", "SN-0001")
                .containsEntry("username", "operator")
                .containsEntry("code", "neuroSoft")
                .containsEntry("comment", "synthetic")
                .containsEntry("tag", "none")
                .containsEntry("softwareVersion", "1.5.0")
                .containsEntry("scanType", "Source")
                .containsEntry("probeName", "IcoPrimeMini")
                .containsEntry("probeType", "Linear")
                .containsEntry("integrationWindowS", 0.4);
        assertThat((double) s.metadata().get("depthNearMm")).isCloseTo(1.0, within(5e-4));
        assertThat((double) s.metadata().get("depthFarMm")).isCloseTo(1.493, within(5e-4));
        Affine3 v = s.geometry().voxelsToProbe();
        // One-based diag(dx, dy, -dz), translation (-dx (X+1)/2, -dy (Y+1)/2, dz - 1e-3): zero-based one voxel on.
        assertThat(v.at(0, 3)).isCloseTo(-0.11e-3 * 3.5, within(1e-15));
        assertThat(v.at(1, 3)).isCloseTo(0, within(1e-15));
        assertThat(v.at(2, 3)).isCloseTo(-1e-3, within(1e-15));
        assertThat(s.geometry().dyM()).isEqualTo(0.4e-3);
        assertThat(s.geometry().probeToLab().getFirst().at(1, 0)).isCloseTo(Math.sin(0.1), within(1e-15));
    }

    @Test
    void open_fixedStringsAndRowOfTimes_areReadAlike() {
        FusSeries s = series("v1_2Dscan_ascii");

        assertThat(s.times().timesS()).containsExactly(0.4, 0.8, 0.4 * 3, 1.6, 2.0);
        assertThat(s.metadata()).containsEntry("softwareVersion", "1.2.0").containsEntry("scanType", "Proc");
    }

    @Test
    void open_3Dscan_slicesAreSortedByPosition() {
        FusSeries s = series("v1_3Dscan");

        assertThat(s.shape()).isEqualTo(new FusSeries.Shape(1, 1, 1, 6, 6, 8));
        int[] order = {0, 5, 1, 4, 2, 3};
        double[] values = s.read(0, 0, 0, 1);
        for (int z = 0; z < 6; z++) {
            for (int y = 0; y < 6; y++) {
                for (int x = 0; x < 8; x++) {
                    assertThat(values[(z * 6 + y) * 8 + x]).isEqualTo((order[y] * 6 + z) * 8 + x);
                }
            }
        }
        // Measured in the file's poses 0.4 .. 2.4 s; the reader of the vendor gives these after sorting.
        assertThat(s.times().sliceTimesS()).hasSize(6);
        double[] measured = {0.4, 2.4, 0.8, 2.0, 1.2, 1.6};
        for (int y = 0; y < 6; y++) {
            assertThat(s.times().sliceTimesS().get(y)).isCloseTo(measured[y], within(1e-12));
        }
        assertThat(s.metadata()).containsEntry("theoreticalTimeIndices", List.of(0L, 5L, 1L, 4L, 2L, 3L));
        assertThat(s.geometry().dyM()).isCloseTo(0.4e-3, within(1e-9));
        assertThat(s.times().timesS()).containsExactly(6 * 0.4);
    }

    @ParameterizedTest
    @CsvSource({"v1_4Dscan, 3", "v1_4Dscan_nblock2, 6"})
    void open_4Dscan_isOneVolume(String name, int times) {
        FusSeries s = series(name);

        assertThat(s.shape()).isEqualTo(new FusSeries.Shape(1, 1, times, 6, 6, 8));
        assertThat((double) s.metadata().get("dtS")).isCloseTo(0.45, within(1e-12));
        double[] measured = {0.45, 2.7, 0.9, 2.25, 1.35, 1.8};
        for (int y = 0; y < 6; y++) {
            assertThat(s.times().sliceTimesS().get(y)).isCloseTo(measured[y], within(1e-12));
        }
        Affine3 pose = s.geometry().probeToLab().getFirst();
        assertThat(pose.at(0, 3)).isCloseTo(0.0098, within(5e-6));
        assertThat(pose.at(1, 3)).isCloseTo(0.02098, within(5e-6));
        assertThat(pose.at(2, 3)).isCloseTo(0.03, within(1e-12));
        assertThat(pose.at(1, 0)).isCloseTo(Math.sin(0.2), within(1e-12));
        assertThat(((List<?>) s.metadata().get("vendorProbeToLabRotations")).get(2))
                .satisfies(a -> assertThat((double) a).isCloseTo(-0.2, within(1e-12)));
    }

    @Test
    void open_4DscanWithTheVendorsSign_turnsTheOtherWay() {
        FusSeries s = series("v1_4Dscan", new OpenOptions(false, true));

        Affine3 pose = s.geometry().probeToLab().getFirst();
        assertThat(pose.at(1, 0)).isCloseTo(Math.sin(-0.2), within(1e-12));
        assertThat(pose.at(0, 3)).isCloseTo(0.0098, within(5e-6));
        assertThat(pose.at(1, 3)).isCloseTo(0.02098, within(5e-6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1_3Dscan", "v1_4Dscan"})
    void open_joinedStack_everySliceIsWhereItsPoseHasIt(String name) {
        FusSeries stored = raw(name);
        FusSeries joined = series(name);

        int[] order = {0, 5, 1, 4, 2, 3};
        for (int y = 0; y < 6; y++) {
            Affine3 pose = stored.geometry().probeToLab().get(order[y]);
            for (int x = 0; x < 8; x += 7) {
                double[] expected =
                        pose.after(stored.geometry().voxelsToProbe()).apply(x, 0, 5);
                double[] got = joined.geometry()
                        .probeToLab()
                        .getFirst()
                        .after(joined.geometry().voxelsToProbe())
                        .apply(x, y, 5);
                for (int axis = 0; axis < 3; axis++) {
                    // Positions along the path are rounded to a micrometre.
                    assertThat(got[axis]).isCloseTo(expected[axis], within(1e-6));
                }
            }
        }
    }

    @Test
    void open_multiArray_isTwentySlices() {
        FusSeries s = series("v1_4Dscan_multiarray");

        assertThat(s.shape()).isEqualTo(new FusSeries.Shape(1, 1, 3, 6, 20, 8));
        assertThat(s.geometry().dyM()).isCloseTo(0.42e-3, within(1e-9));
        assertThat(s.times().sliceTimesS()).hasSize(60);
        assertThat(s.metadata()).containsEntry("acquisitionMode", "4Dscan");
        // Array k of step p lies at 2.1 (k - 1.5) + 0.42 p mm: slice 5 k + p.
        double[] values = s.read(0, 0, 1, 1);
        for (int k = 0; k < 4; k++) {
            for (int p = 0; p < 5; p++) {
                double index = (((1 * 5 + p) * 6 + 2) * 4 + k) * 8 + 3;
                assertThat(values[(2 * 20 + 5 * k + p) * 8 + 3]).isEqualTo(index);
            }
        }
    }

    @Test
    void open_customPoses_stayApart() {
        FusSeries s = series("v1_4DscanCustom");

        assertThat(s.shape()).isEqualTo(new FusSeries.Shape(1, 3, 7, 6, 1, 8));
        assertThat(s.times().sliceTimesS()).hasSize(21);
        assertThat((List<?>) s.metadata().get("theoreticalTimeIndices")).hasSize(21);
        // R = 1: positions y = 0, 1.3, 4 mm behind (10, 20, 30) mm.
        double[] y = {0, 1.3e-3, 4e-3};
        for (int p = 0; p < 3; p++) {
            assertThat(s.geometry().probeToLab().get(p).at(1, 3)).isCloseTo(0.02 + y[p], within(1e-12));
        }
    }

    @ParameterizedTest
    @CsvSource({"v1_4DscanRCA, 5", "v1_3DscanRCA, 1"})
    void open_nativeVolume_isTakenAsItIs(String name, int times) {
        FusSeries s = series(name);

        assertThat(s.shape()).isEqualTo(new FusSeries.Shape(1, 1, times, 6, 7, 8));
        assertThat(s.metadata()).containsEntry("probeName", "IcoPrime 4D RCA").containsEntry("probeType", "RCA");
        assertThat(s.times().sliceTimesS()).hasSize(7 * times);
        assertThat(s.geometry().dyM()).isEqualTo(0.11e-3);
    }

    @Test
    void open_posesThatMakeNoVolume_areRefusedAndOpenAsStored() throws Exception {
        Path irregular = scanOf(0, 0.4e-3, 1.3e-3);
        Path far = scanOf(0, 2e-3, 4e-3);
        Path close = scanOf(0, 0.05e-3, 0.1e-3);
        Path twice = scanOf(0, 0.4e-3, 0.4e-3);

        assertThatThrownBy(() -> FusFiles.open(irregular))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("acqMetaData/probeToLab")
                .hasMessageContaining("irregular")
                .hasMessageContaining("--raw");
        assertThatThrownBy(() -> FusFiles.open(far)).hasMessageContaining("cannot be collapsed");
        assertThatThrownBy(() -> FusFiles.open(close)).hasMessageContaining("cannot be collapsed");
        assertThatThrownBy(() -> FusFiles.open(twice)).hasMessageContaining("2 positions and 1 angles");
        assertThat(((Content.Series) FusFiles.open(irregular, OpenOptions.RAW))
                        .series()
                        .shape()
                        .poses())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1_2Dscan",
                "v1_3Dscan",
                "v1_4Dscan",
                "v1_4Dscan_nblock2",
                "v1_4DscanCustom",
                "v1_4DscanRCA",
                "v1_3DscanRCA",
                "v1_4Dscan_multiarray"
            })
    void write_sampleThatWasRead_isTheSame(String name) {
        FusSeries first = raw(name);
        Path copy = folder.resolve("copy.scan");

        List<String> kept = FusFiles.write(copy, Content.of(first), V1, WriteOptions.DEFAULTS);

        assertThat(kept).isEmpty();
        Content back = FusFiles.open(copy, OpenOptions.RAW);
        assertThat(back.origin().format()).isEqualTo(V1);
        assertSame(((Content.Series) back).series(), first);
        assertThat(first.metadata())
                .containsAllEntriesOf(((Content.Series) back).series().metadata());
    }

    @Test
    void convert_joinedStack_v2HoldsTheSameVolume() {
        FusSeries joined = series("v1_4Dscan");
        Path file = folder.resolve("joined.scan");

        FusFiles.write(file, Content.of(joined));

        FusSeries back = ((Content.Series) FusFiles.open(file)).series();
        assertSame(back, joined);
        assertThat(back.metadata()).containsAllEntriesOf(joined.metadata());
    }

    @Property(tries = 60)
    void write_anySeries_readsBackExactly(
            @ForAll @IntRange(min = 1, max = 3) int extras,
            @ForAll @IntRange(min = 1, max = 3) int poses,
            @ForAll @IntRange(min = 1, max = 4) int times,
            @ForAll @IntRange(min = 1, max = 3) int nz,
            @ForAll @IntRange(min = 1, max = 5) int ny,
            @ForAll @IntRange(min = 1, max = 4) int nx,
            @ForAll @StringLength(max = 300) String text,
            @ForAll double number)
            throws Exception {
        FusSeries s = Samples.series(new FusSeries.Shape(extras, poses, times, nz, ny, nx));
        Map<String, Object> metadata = new LinkedHashMap<>(s.metadata());
        metadata.put("subjectTag", text);
        metadata.put("notes", Map.of("free", text, "list", List.of(number, 3L, true)));
        metadata.put("", "an empty name");
        FusSeries noted = FusSeries.of(s.shape(), s.geometry(), s.times(), metadata, s.provenance(), s::read);
        for (String format : List.of(V1, "Iconeus scan v2")) {
            Path file = Files.createTempDirectory("v1").resolve("s.scan");
            try {
                FusFiles.write(file, Content.of(noted), format, WriteOptions.DEFAULTS);
                FusSeries back = ((Content.Series) FusFiles.open(file)).series();
                assertSame(back, noted);
                assertThat(back.metadata()).containsAllEntriesOf(noted.metadata());
            } finally {
                Files.deleteIfExists(file);
                Files.delete(file.getParent());
            }
        }
    }

    @Test
    void write_file_isReadByIndependentTools() throws Exception {
        FusSeries s = Samples.series(new FusSeries.Shape(1, 3, 2, 2, 1, 4));
        Path file = folder.resolve("peer.scan");
        FusFiles.write(file, Content.of(s), V1, WriteOptions.DEFAULTS);

        String printed = Peers.python("h5py", """
            import h5py, sys
            f = h5py.File(sys.argv[1], 'r')
            d = f['Data'][...]
            print(d.shape, d.dtype, repr(float(d[1, 2, 0, 1, 0, 3])))
            print(f['scanMetaData/Subject_tag'][0][0].decode('utf-8'))
            print(f['acqMetaData/acquisitionMode'][0][0].decode('utf-8'), f['acqMetaData/probeToLab'].shape)
            print(f['acqMetaData/time'].shape, f['acqMetaData/imgDim/npose'][0, 0])
            """, file);

        double value = s.read(0, 2, 1, 1)[1 * 4 + 3];
        assertThat(printed)
                .startsWith("(2, 3, 1, 2, 1, 4) float64 " + value)
                .contains("sub-é\n")
                .contains("4DscanCustom (3, 4, 4)\n")
                .contains("(6, 1) 3.0\n");
        assertThat(Peers.h5dump(List.of("-H", file.toString()))).contains("GROUP \"acqMetaData\"");
    }

    private Path scanOf(double... y) throws Exception {
        FusSeries s = Samples.series(new FusSeries.Shape(1, y.length, 2, 2, 1, 3));
        List<Affine3> poses = new ArrayList<>();
        for (double at : y) {
            poses.add(Affine3.translation(0.01, 0.02 + at, 0.03));
        }
        FusSeries.Geometry g = s.geometry();
        Map<String, Object> metadata = new LinkedHashMap<>(s.metadata());
        metadata.put("acquisitionMode", "4Dscan");
        FusSeries moved = FusSeries.of(
                s.shape(),
                new FusSeries.Geometry(g.dxM(), g.dyM(), g.dzM(), g.voxelsToProbe(), poses),
                s.times(),
                metadata,
                s.provenance(),
                s::read);
        Path file = Files.createTempDirectory(folder, "v1").resolve("s.scan");
        FusFiles.write(file, Content.of(moved), V1, WriteOptions.DEFAULTS);
        return file;
    }

    private static FusSeries raw(String name) {
        return series(name, OpenOptions.RAW);
    }

    private static FusSeries series(String name) {
        return series(name, OpenOptions.DEFAULTS);
    }

    private static FusSeries series(String name, OpenOptions options) {
        return ((Content.Series) FusFiles.open(Golden.file("samples/" + name + ".source.scan"), options)).series();
    }

    /** Equal to the bit, save for matrices, which some formats rebuild from angles: those to a picometre. */
    private static void assertSame(FusSeries a, FusSeries b) {
        assertThat(a.shape()).isEqualTo(b.shape());
        assertThat(a.times().timesS()).isEqualTo(b.times().timesS());
        if (!b.times().sliceTimesS().isEmpty()) {
            assertThat(a.times().sliceTimesS()).isEqualTo(b.times().sliceTimesS());
        }
        assertThat(a.provenance()).isEqualTo(b.provenance());
        assertClose(a.geometry().voxelsToProbe(), b.geometry().voxelsToProbe());
        for (int p = 0; p < a.shape().poses(); p++) {
            assertClose(
                    a.geometry().probeToLab().get(p), b.geometry().probeToLab().get(p));
            for (int e = 0; e < a.shape().extras(); e++) {
                assertThat(a.read(e, p, 0, a.shape().times()))
                        .isEqualTo(b.read(e, p, 0, b.shape().times()));
            }
        }
    }

    private static void assertClose(Affine3 a, Affine3 b) {
        assertThat(IntStream.range(0, 16)
                        .mapToDouble(i -> Math.abs(a.at(i / 4, i % 4) - b.at(i / 4, i % 4)))
                        .max()
                        .orElseThrow())
                .isLessThanOrEqualTo(1e-12);
    }
}
