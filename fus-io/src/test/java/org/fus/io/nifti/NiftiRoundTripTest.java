package org.fus.io.nifti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.FusSeries;
import org.fus.core.data.IqEnsemble;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.PixelGrid;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.Origin;
import org.fus.io.content.SampleType;
import org.fus.io.content.StoredArray;
import org.fus.io.content.WriteOptions;
import org.fus.io.source.MemorySource;
import org.fus.io.testing.AnySeries;
import org.fus.io.testing.Peers;
import org.fus.io.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NiftiRoundTripTest {
    @TempDir
    Path folder;

    @Property(tries = 60)
    void write_anySeries_readsBackEqualInEveryPart(@ForAll long seed, @ForAll boolean packed) throws IOException {
        FusSeries s = AnySeries.of(seed);
        Path directory = Files.createTempDirectory("nifti");
        Path file = directory.resolve(packed ? "s.nii.gz" : "s.nii");

        assertThat(FusFiles.write(file, Content.of(s))).isEmpty();
        FusSeries back = ((Content.Series) FusFiles.open(file)).series();

        assertThat(back.shape()).isEqualTo(s.shape());
        assertThat(back.geometry()).isEqualTo(s.geometry());
        assertThat(back.times()).isEqualTo(s.times());
        assertThat(back.metadata()).isEqualTo(s.metadata());
        assertThat(back.provenance()).isEqualTo(s.provenance());
        assertThat(AnySeries.all(back)).isEqualTo(AnySeries.all(s));
        delete(directory);
    }

    /** Voxels 17 times longer along one axis than along another, turned so that the quaternion loses digits. */
    @Test
    void write_seriesOfUnequalVoxelsTurnedFar_readsBackEqual() throws IOException {
        write_anySeries_readsBackEqualInEveryPart(539, false);
    }

    /** Without the sidecar the header alone says where the voxels are, in single precision. */
    @Property(tries = 60)
    void write_anySeries_hasAHeaderThatPlacesTheVoxels(@ForAll long seed) throws IOException {
        FusSeries s = AnySeries.of(seed);
        Path directory = Files.createTempDirectory("nifti");
        Path file = directory.resolve("s.nii");
        FusFiles.write(file, Content.of(s));
        Files.delete(directory.resolve("s.json"));

        FusSeries back = ((Content.Series) FusFiles.open(file)).series();

        Affine3 expected = s.geometry().voxelsToProbe();
        double[] corner =
                expected.apply(s.shape().nx(), s.shape().ny(), s.shape().nz());
        double[] got = back.geometry()
                .voxelsToProbe()
                .apply(s.shape().nx(), s.shape().ny(), s.shape().nz());
        for (int i = 0; i < 3; i++) {
            // Offsets are up to 1 m in single precision: 1e3 mm * 6e-8 = 6e-5 mm.
            assertThat(got[i]).isCloseTo(corner[i], org.assertj.core.api.Assertions.within(2e-7));
        }
        delete(directory);
    }

    @Test
    void write_shearedVoxels_goIntoTheSform() {
        FusSeries s = AnySeries.of(3);
        Affine3 sheared = Affine3.ofRowMajor(1e-4, 2e-5, 0, 0.1, 0, 2e-4, 0, 0.2, 0, 0, -3e-4, 0.3, 0, 0, 0, 1);
        FusSeries changed = FusSeries.of(
                s.shape(),
                new FusSeries.Geometry(1e-4, 2e-4, 3e-4, sheared, s.geometry().probeToLab()),
                s.times(),
                Map.of(),
                s.provenance(),
                s::read);
        Path file = folder.resolve("s.nii");
        FusFiles.write(file, Content.of(changed));

        assertThat(((Content.Series) FusFiles.open(file)).series().geometry()).isEqualTo(changed.geometry());
    }

    @Test
    void write_ensembleAndMap_readBackExactly() {
        Path iq = folder.resolve("iq.nii.gz");
        IqEnsemble ensemble = Samples.iq(3);
        FusFiles.write(iq, Content.of(ensemble));
        IqEnsemble back = ((Content.Iq) FusFiles.open(iq)).ensemble();
        assertThat(back.grid()).isEqualTo(ensemble.grid());
        assertThat(back.timing()).isEqualTo(ensemble.timing());
        assertThat(back.provenance()).isEqualTo(ensemble.provenance());
        for (int f = 0; f < 3; f++) {
            assertThat(back.copyFrame(f)).isEqualTo(ensemble.copyFrame(f));
        }

        Path map = folder.resolve("map.nii");
        FusFiles.write(map, Content.of(Samples.map()));
        DopplerFrame doppler = ((Content.Doppler) FusFiles.open(map)).map();
        assertThat(doppler.quantity()).isEqualTo(Samples.map().quantity());
        assertThat(doppler.grid()).isEqualTo(Samples.map().grid());
        assertThat(doppler.toArray()).isEqualTo(Samples.map().toArray());
    }

    @Test
    void write_volumeEnsemble_keepsElevationAndDepthApart() {
        PixelGrid grid = new PixelGrid(0, 0, 1e-3, 1e-4, 2e-4, 3e-4, 2, 3, 4);
        float[] values = new float[2 * grid.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        IqEnsemble ensemble = IqEnsemble.copyOf(
                grid,
                new IqEnsemble.Timing(500, 15e6, 1540),
                new float[][] {values},
                org.fus.core.data.Provenance.none());
        Path file = folder.resolve("v.nii");
        FusFiles.write(file, Content.of(ensemble));

        assertThat(((Content.Iq) FusFiles.open(file)).ensemble().copyFrame(0)).isEqualTo(values);
    }

    @Test
    void write_valuesOfAFile_keepTheirTypeAsLongAsItHoldsThem() throws IOException {
        MemorySource int16 = MemorySource.wrap("a.nii", NiftiFormatTest.image(1, ByteOrder.BIG_ENDIAN));
        Path file = folder.resolve("b.nii");
        Content.Series content = (Content.Series) FusFiles.open(int16);
        FusFiles.write(file, content);
        assertThat(FusFiles.open(file).origin().dtype()).isEqualTo("int16");

        FusSeries s = content.series();
        FusSeries half = FusSeries.of(
                s.shape(),
                s.geometry(),
                s.times(),
                s.metadata(),
                s.provenance(),
                (e, p, t, n) -> java.util.Arrays.stream(s.read(e, p, t, n))
                        .map(v -> v / 2)
                        .toArray());
        FusFiles.write(file, new Content.Series(content.origin(), half), WriteOptions.REPLACE);
        assertThat(FusFiles.open(file).origin().dtype()).isEqualTo("float64");
        assertThat(AnySeries.all(((Content.Series) FusFiles.open(file)).series()))
                .isEqualTo(AnySeries.all(half));
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
        assertThat(Files.size(file)).isEqualTo(352 + 48 * 8);
    }

    @Test
    void write_foreignImage_keepsHeaderFieldsExtensionsAndUnknownSidecarFields() throws IOException {
        byte[] plain = NiftiFormatTest.image(1, ByteOrder.LITTLE_ENDIAN);
        byte[] bytes = java.util.Arrays.copyOf(plain, plain.length);
        java.nio.ByteBuffer.wrap(bytes).put(148, "made by hand".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Map<String, Object> fields =
                Map.of("RepetitionTime", 0.5, "Instructions", "hold still", "Custom", Map.of("a", List.of(1L)));
        Content read = new NiftiFormat().open(MemorySource.wrap("a.nii", bytes), fields);
        Path file = folder.resolve("b.nii");

        FusFiles.write(file, read);

        JsonNode json = new ObjectMapper().readTree(folder.resolve("b.json").toFile());
        assertThat(json.path("Instructions").asText()).isEqualTo("hold still");
        assertThat(json.path("Custom").path("a").get(0).asInt()).isEqualTo(1);
        assertThat(json.path("RepetitionTime").asDouble()).isEqualTo(0.5);
        assertThat(json.has("VolumeTiming")).isFalse();
        FusSeries back = ((Content.Series) FusFiles.open(file)).series();
        assertThat(back.metadata()).isEqualTo(((Content.Series) read).series().metadata());
        assertThat(back.metadata()).containsEntry("NiftiHeader", Map.of("descrip", "made by hand"));
    }

    @Test
    void read_sidecarThatSomebodyEdited_takesTheEdits() throws IOException {
        Path file = folder.resolve("s.nii");
        FusFiles.write(file, Content.of(Samples.series(new FusSeries.Shape(1, 1, 2, 2, 1, 3))));
        Path json = folder.resolve("s.json");
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode tree = (ObjectNode) mapper.readTree(json.toFile());
        assertThat(tree.path("UltrasoundTransmitFrequency").asDouble()).isEqualTo(15.625e6);
        tree.put("TaskName", "whiskers").put("ProbeVoltage", 12.5);
        Files.writeString(json, tree.toString());

        FusSeries back = ((Content.Series) FusFiles.open(file)).series();

        assertThat(back.metadata()).containsEntry("TaskName", "whiskers").containsEntry("ProbeVoltage", 12.5);
        assertThat(back.metadata())
                .containsEntry("subjectTag", "sub-é")
                .doesNotContainKey("UltrasoundTransmitFrequency");
    }

    @Test
    void read_imageThatOtherSoftwareChanged_believesTheHeader() throws IOException {
        Path file = folder.resolve("s.nii");
        FusFiles.write(file, Content.of(Samples.series(new FusSeries.Shape(1, 1, 2, 2, 1, 3))));
        byte[] bytes = Files.readAllBytes(file);
        java.nio.ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(268, 42);
        Files.write(file, bytes);

        Content content = FusFiles.open(file);

        assertThat(content.origin().warnings()).anyMatch(w -> w.contains("does not fit the image"));
        assertThat(((Content.Series) content)
                        .series()
                        .geometry()
                        .voxelsToProbe()
                        .at(0, 3))
                .isEqualTo(0.042);
    }

    @Test
    void write_arrays_keepTypeShapeAndValues() {
        for (SampleType type : List.of(SampleType.UINT8, SampleType.INT64, SampleType.COMPLEX128, SampleType.FLOAT32)) {
            byte[] raw = new byte[6 * type.bytes()];
            new java.util.Random(type.bytes()).nextBytes(raw);
            StoredArray array =
                    new StoredArray(type, List.of(3L, 2L), ByteOrder.LITTLE_ENDIAN, MemorySource.wrap("a", raw), 0);
            Path file = folder.resolve(type + ".nii");
            FusFiles.write(file, new Content.Array(Origin.computed(type), array));

            StoredArray back = ((Content.Array) FusFiles.open(file)).array();

            assertThat(back.type()).isEqualTo(type);
            assertThat(back.shape()).containsExactly(3L, 2L);
            assertThat(back.raw(0, 6)).isEqualTo(raw);
        }
    }

    @Test
    void write_files_areReadByNibabel() throws Exception {
        FusSeries s = Samples.series(new FusSeries.Shape(1, 1, 3, 4, 2, 5));
        for (String name : List.of("n.nii", "n.nii.gz")) {
            Path file = folder.resolve(name);
            FusFiles.write(file, Content.of(s), WriteOptions.REPLACE);

            String printed = Peers.python("nibabel", """
                import nibabel, sys
                n = nibabel.load(sys.argv[1])
                d = n.get_fdata()
                print(d.shape, n.header.get_zooms(), n.header.get_xyzt_units(), int(n.header['qform_code']))
                print(repr(float(d[4, 3, 1, 2])))
                print(' '.join('%.6f' % v for v in n.affine[:3, 3]))
                """, file);

            // [time][z][y][x] = (2, 3, 1, 4), and value = index / 3.
            double expected = (((2 * 4 + 3) * 2 + 1) * 5 + 4) / 3.0;
            assertThat(printed)
                    .contains("(5, 4, 2, 3)")
                    .contains("('mm', 'sec') 1")
                    .contains("" + expected)
                    .contains("-0.220000 1.000000 -0.200000");
        }
    }

    @Test
    void write_whatAnImageCannotHold_isRefusedBeforeAFileAppears() {
        assertThatThrownBy(() -> FusFiles.write(folder.resolve("c.nii"), Content.of(Samples.channels(1))))
                .isInstanceOf(FusUnsupportedException.class)
                .hasMessageContaining("NIfTI: a series");
        assertThat(folder).isEmptyDirectory();
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path f : files.toList()) {
                Files.delete(f);
            }
        }
        Files.delete(directory);
    }
}
