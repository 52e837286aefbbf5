package org.fus.io.mat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.fus.core.data.FusSeries;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.geometry.PixelGrid;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.Origin;
import org.fus.io.content.SampleType;
import org.fus.io.content.StoredArray;
import org.fus.io.source.MemorySource;
import org.fus.io.testing.AnySeries;
import org.fus.io.testing.Peers;
import org.fus.io.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Source;
import us.hebi.matlab.mat.types.Sources;
import us.hebi.matlab.mat.types.Struct;

/** What is written comes back, and other readers of MATLAB files take it. */
class MatRoundTripTest {
    @TempDir
    Path folder;

    @Property(tries = 80)
    void write_anySeries_readsBackEqualInEveryPart(@ForAll long seed, @ForAll boolean acq) throws IOException {
        FusSeries s = AnySeries.of(seed);

        FusSeries back = ((Content.Series) written(Content.of(s), acq ? "s.acq" : "s.mat")).series();

        assertThat(back.shape()).isEqualTo(s.shape());
        assertThat(back.geometry()).isEqualTo(s.geometry());
        assertThat(back.times()).isEqualTo(s.times());
        assertThat(back.metadata()).isEqualTo(s.metadata());
        assertThat(back.provenance()).isEqualTo(s.provenance());
        assertThat(AnySeries.all(back)).isEqualTo(AnySeries.all(s));
    }

    @Property(tries = 200)
    void write_anyArray_readsBackTheSameBytes(
            @ForAll @Size(max = 4) List<@IntRange(min = 0, max = 7) Integer> shape,
            @ForAll SampleType type,
            @ForAll boolean bigEndian,
            @ForAll long seed)
            throws IOException {
        List<Long> lengths = shape.stream().map(n -> (long) n).toList();
        int size = shape.stream().reduce(1, (a, b) -> a * b);
        byte[] bytes = new byte[size * type.bytes()];
        new Random(seed).nextBytes(bytes);
        ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        StoredArray array = new StoredArray(type, lengths, order, MemorySource.wrap("a", bytes), 0);
        Content content = new Content.Array(Origin.computed(type), array);
        if (type == SampleType.FLOAT16) {
            assertThatThrownBy(() -> written(content, "a.mat"))
                    .isInstanceOf(FusUnsupportedException.class)
                    .hasMessageContaining("float16");
            return;
        }

        StoredArray back = ((Content.Array) written(content, "a.mat")).array();

        assertThat(back.type()).isEqualTo(type);
        assertThat(back.shape()).isEqualTo(lengths);
        assertThat(back.littleEndian(0, size)).isEqualTo(array.littleEndian(0, size));
    }

    @Property(tries = 60)
    void write_anyImages_readBackEqual(
            @ForAll @IntRange(min = 1, max = 6) int nx,
            @ForAll @IntRange(min = 1, max = 6) int nz,
            @ForAll @IntRange(min = 1, max = 5) int frames,
            @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        PixelGrid grid = new PixelGrid(
                random.nextGaussian() * 1e-3, 1e-4, random.nextDouble() * 1e-3, 0.11e-3, 0.3e-3, 0.05e-3, nx, 1, nz);
        float[][] values = new float[frames][2 * grid.size()];
        for (float[] frame : values) {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (float) random.nextGaussian();
            }
        }
        Provenance made = Provenance.none().warn("é");
        IqEnsemble iq = IqEnsemble.copyOf(grid, new IqEnsemble.Timing(1000.0 / 3, 15.625e6, 1510), values, made);

        IqEnsemble back = ((Content.Iq) written(Content.of(iq), "iq.mat")).ensemble();

        assertThat(back.grid()).isEqualTo(grid);
        assertThat(back.timing()).isEqualTo(iq.timing());
        assertThat(back.provenance()).isEqualTo(made);
        for (int f = 0; f < frames; f++) {
            assertThat(back.copyFrame(f)).isEqualTo(values[f]);
        }
    }

    /** The library that wrote most of the fixtures of this package reads what is written here. */
    @Test
    void write_series_isReadByAnotherLibrary() throws IOException {
        Path file = folder.resolve("s.mat");
        FusFiles.write(file, Content.of(Samples.series(new FusSeries.Shape(1, 1, 3, 4, 2, 5))));

        try (Source source = Sources.openFile(file.toFile())) {
            Struct acquisition = Mat5.newReader(source).readMat().getStruct("Acquisition");
            Matrix data = acquisition.getMatrix("Data");
            assertThat(data.getDimensions()).containsExactly(5, 2, 4, 3);
            // [x][y][z][t], and value = index in [t][z][y][x] / 3.
            assertThat(data.getDouble(new int[] {4, 1, 3, 2})).isEqualTo((((2 * 4 + 3) * 2 + 1) * 5 + 4) / 3.0);
            assertThat(acquisition.getMatrix("T").getDouble(2)).isEqualTo(0.4 * 3);
        }
    }

    @Test
    void write_series_isReadByScipy() throws Exception {
        Path file = folder.resolve("s.acq");
        FusFiles.write(file, Content.of(Samples.series(new FusSeries.Shape(1, 1, 3, 4, 2, 5))));

        assertThat(Peers.python("scipy", """
            import scipy.io, sys, json
            m = scipy.io.loadmat(sys.argv[1], appendmat=False)
            a = m['Acquisition'][0, 0]
            print(a['Data'].shape, a['Data'].dtype, a['Data'][4, 1, 3, 2] == (((2*4+3)*2+1)*5+4)/3.0)
            print(a['T'].shape, a['T'][0, 2] == 0.4*3)
            d = json.loads(str(m['fus_sdk'][0]))
            print(d['kind'], d['metadata']['subjectTag'].encode('unicode_escape').decode())
            """, file))
                .isEqualTo("(5, 2, 4, 3) float64 True\n(1, 3) True\nseries sub-\\xe9\n");
    }

    @Test
    void write_imagesAndArrays_areReadByScipy() throws Exception {
        Path iq = folder.resolve("iq.mat");
        IqEnsemble ensemble = Samples.iq(2);
        FusFiles.write(iq, Content.of(ensemble));
        Path array = folder.resolve("a.mat");
        byte[] bytes = {0, 0, 1, 0, 2, 0, 3, 0, 4, 0, (byte) 0xFF, (byte) 0xFF};
        FusFiles.write(
                array,
                new Content.Array(
                        Origin.computed(SampleType.INT16),
                        new StoredArray(
                                SampleType.INT16,
                                List.of(2L, 3L),
                                ByteOrder.LITTLE_ENDIAN,
                                MemorySource.wrap("a", bytes),
                                0)));
        // Frame 1, z 3, x 4 of a grid of 5 x 4.
        float[] pixel = ensemble.copyFrame(1);
        float re = pixel[2 * (3 * 5 + 4)];
        float im = pixel[2 * (3 * 5 + 4) + 1];

        assertThat(Peers.python("scipy", """
            import scipy.io, sys
            m = scipy.io.loadmat(sys.argv[1])
            v = m['IQ'][3, 4, 1]
            print(m['IQ'].shape, m['IQ'].dtype, repr(float(v.real)), repr(float(v.imag)))
            print(m['UF'][0, 0]['TwFreq'][0, 0], m['PData'][0, 0]['Size'][0].tolist())
            a = scipy.io.loadmat(sys.argv[2])['values']
            print(a.dtype, a.T.tolist())
            """, iq, array))
                .isEqualTo("(4, 5, 2) complex64 " + (double) re + " " + (double) im
                        + "\n15.625 [4.0, 5.0, 1.0]\nint16 [[0, 1, 2], [3, 4, -1]]\n");
    }

    @Test
    void write_variableBeyondTheLimitOfMatlab_isRefusedBeforeAByteIsWritten() {
        FusSeries large = FusSeries.of(
                new FusSeries.Shape(1, 1, 1 << 14, 128, 1, 128),
                FusSeries.Geometry.of(PixelGrid.xz(0, 1e-2, 128, 0, 1e-2, 128)),
                new FusSeries.Times(
                        java.util.stream.IntStream.range(0, 1 << 14)
                                .mapToObj(t -> (double) t)
                                .toList(),
                        List.of()),
                java.util.Map.of(),
                Provenance.none(),
                (e, p, t, n) -> {
                    throw new AssertionError("no value should be read");
                });
        Path file = folder.resolve("large.mat");

        assertThatThrownBy(() -> FusFiles.write(file, Content.of(large)))
                .isInstanceOf(FusUnsupportedException.class)
                .hasMessageContaining("Acquisition")
                .hasMessageContaining("2147483647");
        assertThat(folder).isEmptyDirectory();
    }

    private static Content written(Content content, String name) throws IOException {
        Path directory = Files.createTempDirectory("mat");
        Path file = directory.resolve(name);
        try {
            assertThat(FusFiles.write(file, content)).isEmpty();
            byte[] bytes = Files.readAllBytes(file);
            return FusFiles.open(MemorySource.wrap(name, bytes));
        } finally {
            Files.deleteIfExists(file);
            Files.delete(directory);
        }
    }
}
