package org.fus.io.brain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.Frame;
import org.fus.core.testing.Golden;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.Origin;
import org.fus.io.content.SurfaceRegion;
import org.fus.io.content.WriteOptions;
import org.fus.io.source.MemorySource;
import org.fus.io.testing.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Positioning and regions: the samples, and files written here. */
class BrainFilesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"hdf5.bps", "binary.bps"})
    void open_bpsSample_isTheMapThatItsDescriptionSays(String name) {
        Content.Transform t = (Content.Transform) FusFiles.open(Golden.file("samples/" + name));

        assertThat(t.from()).isEqualTo(Frame.BRAIN);
        assertThat(t.to()).isEqualTo(Frame.LAB);
        // Rotation of 0.3 rad about z, translation (0.00940896, 0.02191067, 0.03) m.
        assertThat(t.matrix().at(1, 0)).isCloseTo(Math.sin(0.3), within(1e-12));
        assertThat(t.matrix().at(0, 1)).isCloseTo(-Math.sin(0.3), within(1e-12));
        assertThat(t.matrix().at(0, 0)).isCloseTo(Math.cos(0.3), within(1e-12));
        assertThat(t.matrix().at(0, 3)).isCloseTo(0.00940896, within(5e-9));
        assertThat(t.matrix().at(1, 3)).isCloseTo(0.02191067, within(5e-9));
        assertThat(t.matrix().at(2, 3)).isEqualTo(0.03);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hdf5.bri", "binary.bri"})
    void open_briSample_hasTheRegionsThatItsDescriptionSays(String name) {
        Content.Regions r = (Content.Regions) FusFiles.open(Golden.file("samples/" + name));

        assertThat(r.regions()).extracting(SurfaceRegion::label).containsExactly("Cortex", "Hippocampus");
        SurfaceRegion cortex = r.regions().getFirst();
        assertThat(cortex.color()).isEqualTo(new SurfaceRegion.Color(1, 0, 128 / 255.0));
        assertThat(cortex.vertices()).containsExactly(0, 0, 0, 1e-3, 0, 0, 0, 1e-3, 0, 0, 0, 1e-3);
        assertThat(cortex.faces()).containsExactly(0, 1, 2, 0, 1, 3, 0, 2, 3, 1, 2, 3);
        SurfaceRegion hippocampus = r.regions().getLast();
        assertThat(hippocampus.color()).isEqualTo(new SurfaceRegion.Color(0, 1, 0));
        assertThat(hippocampus.faces()).containsExactly(0, 1, 2, 0, 1, 3);
        assertThat(hippocampus.vertices()[3]).isCloseTo(2e-3, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(strings = {"binary.bps", "binary.bri"})
    void write_binarySampleThatWasRead_isTheSameToTheByte(String name) {
        Path sample = Golden.file("samples/" + name);
        Content content = FusFiles.open(sample);
        Path copy = folder.resolve(name);

        assertThat(FusFiles.write(copy, content, content.origin().format(), WriteOptions.DEFAULTS))
                .isEmpty();

        assertThat(copy).hasSameBinaryContentAs(sample);
    }

    @Property(tries = 60)
    void write_anyMap_readsBackExactly(@ForAll long seed, @ForAll @StringLength(max = 100) String note)
            throws Exception {
        double[] m = new Random(seed).doubles(16, -1e3, 1e3).toArray();
        m[12] = m[13] = m[14] = 0;
        m[15] = 1;
        Content.Transform t = new Content.Transform(
                new Origin("", "", "float64", Map.of("note", note), List.of()),
                Frame.BRAIN,
                Frame.LAB,
                Affine3.ofRowMajor(m));
        for (String format : List.of(BpsFormat.HDF5, BpsFormat.BINARY)) {
            Content.Transform back = (Content.Transform) roundTrip("a.bps", t, format);
            assertThat(back.matrix()).isEqualTo(t.matrix());
            assertThat(back.origin().metadata()).isEqualTo(t.origin().metadata());
        }
    }

    @Property(tries = 40)
    void write_anyRegions_readBackExactly(
            @ForAll @IntRange(max = 12) int count, @ForAll long seed, @ForAll @StringLength(max = 60) String label)
            throws Exception {
        Random random = new Random(seed);
        List<SurfaceRegion> regions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int vertices = random.nextInt(5);
            int faces = vertices == 0 ? 0 : random.nextInt(4);
            regions.add(new SurfaceRegion(
                    // The format pads and trims labels: blanks around one do not come back.
                    label.replace("\0", "").strip() + i,
                    new SurfaceRegion.Color(random.nextInt(256) / 255.0, random.nextInt(256) / 255.0, 1),
                    random.doubles(3L * vertices).toArray(),
                    random.ints(3L * faces, 0, Math.max(1, vertices)).toArray()));
        }
        Content.Regions r =
                new Content.Regions(new Origin("", "", "float64", Map.of(), List.of()), Frame.BRAIN, regions);
        for (String format : List.of(BriFormat.HDF5, BriFormat.BINARY)) {
            List<SurfaceRegion> back = ((Content.Regions) roundTrip("a.bri", r, format)).regions();
            assertThat(back).hasSameSizeAs(regions);
            for (int i = 0; i < count; i++) {
                assertThat(back.get(i).label()).isEqualTo(regions.get(i).label());
                assertThat(back.get(i).color()).isEqualTo(regions.get(i).color());
                assertThat(back.get(i).vertices()).isEqualTo(regions.get(i).vertices());
                assertThat(back.get(i).faces()).isEqualTo(regions.get(i).faces());
            }
        }
    }

    @Test
    void write_hdf5_isReadByIndependentTools() throws Exception {
        Content sample = FusFiles.open(Golden.file("samples/binary.bri"));
        Path file = folder.resolve("a.bri");
        FusFiles.write(file, sample);

        assertThat(Peers.python(
                        "h5py",
                        "import h5py,sys\n"
                                + "f=h5py.File(sys.argv[1],'r')\n"
                                + "print(sorted(f['ROI']), f['ROI/roi_1/label'][0,0].decode(),"
                                + " f['ROI/roi_1/color'][...])\n"
                                + "print(f['ROI/roi_1/faces'][3], f['ROI/roi_2/vertices'].shape)",
                        file))
                .isEqualTo("['roi_1', 'roi_2'] Cortex [[255.   0. 128.]]\n[2. 3. 4.] (4, 3)\n");
    }

    @Test
    void open_faceThatNamesNoVertex_isRefused() throws Exception {
        byte[] bytes = Files.readAllBytes(Golden.file("samples/binary.bri"));
        // Behind code, version, count, 4 vertices of 24 bytes and the number of faces: the first index.
        bytes[12 + 4 + 4 + 96 + 4] = 4;

        assertThatThrownBy(() -> FusFiles.open(MemorySource.wrap("a.bri", bytes)))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("a.bri: region 0: ")
                .hasMessageContaining("names vertex 4, expected 0 to 3");
    }

    private static Content roundTrip(String name, Content content, String format) throws Exception {
        Path dir = Files.createTempDirectory("brain");
        Path file = dir.resolve(name);
        try {
            FusFiles.write(file, content, format, WriteOptions.DEFAULTS);
            return FusFiles.open(file);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(dir);
        }
    }
}
