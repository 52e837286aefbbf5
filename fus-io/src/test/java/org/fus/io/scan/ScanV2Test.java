package org.fus.io.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.testing.Golden;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanV2Test {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "v2_2D, 8, 1, 6, 5, 1, 1, 2Dscan",
        "v2_3D_stack, 8, 16, 6, 1, 1, 1, 3Dscan",
        "v2_4D_stack, 8, 16, 6, 5, 1, 1, 4Dscan",
        "v2_4D_custom, 8, 1, 6, 5, 3, 1, 4DscanCustom",
        "v2_4D_RCA, 8, 7, 6, 5, 1, 1, 4DscanRCA",
        "v2_2D_dim6, 8, 1, 6, 5, 1, 3, 2Dscan"
    })
    void read_sample_everyValueIsItsIndex(String name, int x, int y, int z, int t, int pose, int dim6, String mode) {
        FusSeries s = series(Golden.file("samples/" + name + ".source.scan"));

        assertThat(s.shape()).isEqualTo(new FusSeries.Shape(dim6, pose, t, z, y, x));
        assertThat(s.metadata()).containsEntry("acquisitionMode", mode).containsEntry("username", "opérateur");
        for (int d = 0; d < dim6; d++) {
            for (int p = 0; p < pose; p++) {
                double[] values = s.read(d, p, 0, t);
                for (int i = 0; i < values.length; i++) {
                    int ix = i % x;
                    int iy = i / x % y;
                    int iz = i / x / y % z;
                    int it = i / x / y / z;
                    double index = ((((ix * y + iy) * z + iz) * t + it) * pose + p) * dim6 + d;
                    assertThat(values[i]).isEqualTo(index);
                }
            }
        }
    }

    @Test
    void read_sample_hasItsDocumentedParticulars() {
        FusSeries s = series(Golden.file("samples/v2_2D.source.scan"));

        assertThat(s.times().timesS()).containsExactly(0.4, 0.8, 0.4 * 3, 1.6, 2.0);
        Affine3 pose = s.geometry().probeToLab().getFirst();
        assertThat(List.of(pose.at(0, 3), pose.at(1, 3), pose.at(2, 3))).containsExactly(0.0007, 0.0026, 0.0);
        assertThat(pose.at(1, 0)).isCloseTo(1, within(1e-15));
        // The row z of the matrix that the vendor's reader rebuilds is (0, 0, -9.856e-5, -0.000901), one-based.
        Affine3 v = s.geometry().voxelsToProbe();
        assertThat(v.at(2, 2)).isCloseTo(-9.856e-5, within(1e-12));
        assertThat(v.at(2, 3) - v.at(2, 2)).isCloseTo(-0.00090144, within(1e-12));
        assertThat(v.at(0, 3)).isCloseTo(-3.5 * 0.11e-3, within(1e-15));
        assertThat(s.metadata())
                .containsEntry("machineSerialNumber", "SN-0001")
                .containsEntry("hardwareLabel", "HW-1")
                .containsEntry("acquisitionDate", "2025-03-04T05:06:07Z")
                .containsEntry("softwareVersion", "2.1.3")
                .containsEntry("weight", 24.5)
                .containsEntry("stimulationTogglesS", List.of(30.0, 60.0))
                .containsEntry("prfHz", 5500.0)
                .containsEntry(
                        "dim6",
                        List.of(Map.of(
                                "intent",
                                "ClutterFiltering",
                                "filter",
                                "StaticSVD",
                                "windowS",
                                0.4,
                                "cutoffLow",
                                60L,
                                "cutoffHigh",
                                200L)));
    }

    @Test
    void read_sampleOfThreePoses_eachHasItsPlace() {
        FusSeries s = series(Golden.file("samples/v2_4D_custom.source.scan"));

        assertThat(s.geometry().probeToLab().stream().map(p -> p.at(1, 3))).containsExactly(0.0, 1.3e-3, 4e-3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2_2D", "v2_3D_stack", "v2_4D_stack", "v2_4D_custom", "v2_4D_RCA", "v2_2D_dim6"})
    void write_sampleThatWasRead_isTheSameToTheByte(String name) throws Exception {
        Path sample = Golden.file("samples/" + name + ".source.scan");
        Path copy = folder.resolve("copy.scan");
        FusSeries first = series(sample);

        assertThat(FusFiles.write(copy, Content.of(first))).isEmpty();

        assertSame(series(copy), first);
        // Every byte, also those whose meaning nobody knows and the padding before the voxels.
        assertThat(copy).hasSameBinaryContentAs(sample);
    }

    @Test
    void write_bytesOfUnknownMeaning_areWrittenBack() throws Exception {
        byte[] bytes = Files.readAllBytes(Golden.file("samples/v2_2D.source.scan"));
        // The gaps of the header that a real file does not leave empty.
        bytes[12] = 1;
        bytes[31] = 2;
        bytes[48] = 3;
        bytes[91] = (byte) 0xFF;
        Path file = folder.resolve("a.scan");
        Files.write(file, bytes);
        Path copy = folder.resolve("b.scan");

        FusFiles.write(copy, FusFiles.open(file));

        assertThat(copy).hasBinaryContent(bytes);
    }

    @Property(tries = 40)
    void write_anyShape_readsBackExactly(
            @ForAll @IntRange(min = 1, max = 3) int extras,
            @ForAll @IntRange(min = 1, max = 3) int poses,
            @ForAll @IntRange(min = 1, max = 6) int times,
            @ForAll @IntRange(min = 1, max = 4) int nz,
            @ForAll @IntRange(min = 1, max = 4) int ny,
            @ForAll @IntRange(min = 1, max = 4) int nx)
            throws Exception {
        FusSeries s = Samples.series(new FusSeries.Shape(extras, poses, times, nz, ny, nx));
        Path dir = Files.createTempDirectory("scan");
        Path file = dir.resolve("s.scan");
        try {
            assertThat(FusFiles.write(file, Content.of(s))).isEmpty();
            FusSeries back = series(file);
            assertValues(back, s);
            assertThat(back.times().timesS()).isEqualTo(s.times().timesS());
            assertThat(back.metadata()).containsAllEntriesOf(s.metadata());
            for (int p = 0; p < poses; p++) {
                assertClose(
                        back.geometry().probeToLab().get(p),
                        s.geometry().probeToLab().get(p));
            }
            assertClose(back.geometry().voxelsToProbe(), s.geometry().voxelsToProbe());
        } finally {
            Files.deleteIfExists(file);
            Files.delete(dir);
        }
    }

    @Test
    void write_imageBesideTheProbe_keepsItsPlaceInTheLabAndSaysSo() {
        PixelGrid grid = new PixelGrid(1e-3, 0, 5e-3, 0.1e-3, 0.4e-3, 0.1e-3, 4, 1, 3);
        DopplerFrame map = DopplerFrame.wrap(
                DopplerFrame.Quantity.POWER, grid, new float[12], org.fus.core.data.Provenance.none());
        FusSeries s = FusSeries.ofFrames(List.of(map), List.of(0.4), Map.of("colour", "red"));
        Path file = folder.resolve("s.scan");

        List<String> lost = FusFiles.write(file, Content.of(s));

        assertThat(lost)
                .singleElement()
                .asString()
                .contains("extension")
                .contains("colour")
                .contains("geometry");
        assertThat(series(file).metadata()).containsEntry("colour", "red");
        assertThat(series(file).geometry()).isEqualTo(s.geometry());
        // Another reader does not see the extension, and has every voxel where it is all the same.
        FusSeries.Geometry back =
                ScanHeader.read(org.fus.io.source.PathSource.of(file)).geometry();
        assertClose(
                back.probeToLab().getFirst().after(back.voxelsToProbe()),
                s.geometry().probeToLab().getFirst().after(s.geometry().voxelsToProbe()));
    }

    @Test
    void write_geometryThatTheFormatCannotHold_isRefusedAndLeavesNothing() throws Exception {
        FusSeries s = Samples.series(new FusSeries.Shape(1, 1, 1, 2, 1, 2));
        FusSeries.Geometry g = s.geometry();
        FusSeries turned = with(
                s,
                new FusSeries.Geometry(
                        g.dxM(),
                        g.dyM(),
                        g.dzM(),
                        Affine3.ofEulerXyz(0, 0, 1, 0, 0, 0).after(g.voxelsToProbe()),
                        g.probeToLab()));
        FusSeries stretched = with(
                s,
                new FusSeries.Geometry(g.dxM(), g.dyM(), g.dzM(), g.voxelsToProbe(), List.of(Affine3.scale(2, 1, 1))));

        assertThatThrownBy(() -> FusFiles.write(folder.resolve("s.scan"), Content.of(turned)))
                .isInstanceOf(FusUnsupportedException.class)
                .hasMessageContaining("voxelsToProbe");
        assertThatThrownBy(() -> FusFiles.write(folder.resolve("s.scan"), Content.of(stretched)))
                .isInstanceOf(FusUnsupportedException.class)
                .hasMessageContaining("probeToLab");
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    private static FusSeries with(FusSeries s, FusSeries.Geometry g) {
        return FusSeries.of(s.shape(), g, s.times(), s.metadata(), s.provenance(), s::read);
    }

    private static FusSeries series(Path file) {
        return ((Content.Series) FusFiles.open(file)).series();
    }

    private static void assertSame(FusSeries a, FusSeries b) {
        assertThat(a.shape()).isEqualTo(b.shape());
        assertThat(a.geometry()).isEqualTo(b.geometry());
        assertThat(a.times()).isEqualTo(b.times());
        assertThat(a.metadata().keySet()).isEqualTo(b.metadata().keySet());
        assertThat(a.metadata()).isEqualTo(b.metadata());
        assertValues(a, b);
    }

    private static void assertValues(FusSeries a, FusSeries b) {
        assertThat(a.shape()).isEqualTo(b.shape());
        for (int e = 0; e < a.shape().extras(); e++) {
            for (int p = 0; p < a.shape().poses(); p++) {
                assertThat(a.read(e, p, 0, a.shape().times()))
                        .isEqualTo(b.read(e, p, 0, a.shape().times()));
            }
        }
    }

    /** Matrices are rebuilt from angles in double precision; positions are of the order of 0.1 m. */
    private static void assertClose(Affine3 a, Affine3 b) {
        for (int i = 0; i < 16; i++) {
            assertThat(a.at(i / 4, i % 4)).isCloseTo(b.at(i / 4, i % 4), within(1e-14));
        }
    }
}
