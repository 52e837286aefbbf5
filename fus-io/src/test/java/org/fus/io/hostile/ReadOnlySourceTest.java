package org.fus.io.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.fus.core.data.FusSeries;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.hostile.TracingFolder.Range;
import org.fus.io.source.MemoryFolder;
import org.fus.io.testing.Samples;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every format through a source that only serves {@code read(position, buffer)}, counts its bytes, and never maps. */
class ReadOnlySourceTest {
    /** A frame of the large series: 64 x 64 values of 8 bytes. */
    private static final int FRAME_BYTES = 64 * 64 * 8;

    private static final int FRAMES = 256;

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> anyFile_givesTheSameAsThroughAMap() {
        return Specimens.all()
                .map(s -> DynamicTest.dynamicTest(s.name(), () -> {
                    TracingFolder readOnly = TracingFolder.over(s.folder());
                    assertThat(Reading.all(s.open(readOnly))).isEqualTo(Reading.all(s.open(s.folder())));
                    assertThat(readOnly.takeReads()).isNotEmpty();
                }));
    }

    /**
     * Opening: the head that tells the format is 4 KiB, seen by each of a few formats, and a window of 8 KiB goes over the
     * fields; the fields of a series hold 20 bytes per frame and what belongs to a frame. HDF5 is read in blocks of 8 KiB, one
     * for each place that its headers stand at. MATLAB elements are passed over by their lengths. A frame: its bytes, and
     * what a chunk has beside it. Archives and streams that are packed as a whole are unpacked up to what is asked for.
     */
    @ParameterizedTest
    @CsvSource({
        "a.scan,    Iconeus scan v2,        64, 1",
        "a.scan,    Iconeus scan v1 (HDF5), 128, 2",
        "a.nii,     NIfTI,                  64, 1",
        "a.npy,     NumPy,                  64, 1",
        "a.mat,     MATLAB,                 96, 1",
    })
    void largeSeries_opensByItsHead_andAFrameByItsBytes(String file, String format, int openKib, int frames)
            throws IOException {
        Content content = Content.of(Samples.series(new FusSeries.Shape(1, 1, FRAMES, 64, 1, 64)));
        String name = FusFiles.writers().stream()
                .filter(w ->
                        file.endsWith(w.extensions().getFirst()) && w.name().startsWith(format))
                .findFirst()
                .orElseThrow()
                .name();
        FusFiles.write(folder.resolve(file), content, name, org.fus.io.content.WriteOptions.DEFAULTS);
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> written = Files.list(folder)) {
            for (Path f : written.toList()) {
                files.put(f.getFileName().toString(), Files.readAllBytes(f));
            }
        }
        TracingFolder readOnly = TracingFolder.over(MemoryFolder.of("d", files));

        Content.Series opened =
                (Content.Series) FusFiles.open(readOnly.file(file).orElseThrow());
        long opening = bytes(readOnly.takeReads());
        double[] frame = opened.series().read(0, 0, FRAMES / 2, 1);
        long reading = bytes(readOnly.takeReads());

        assertThat(frame[0]).isEqualTo(FRAMES / 2 * 64 * 64 / 3.0);
        assertThat(opening).isLessThanOrEqualTo(openKib << 10);
        assertThat(reading).isBetween((long) FRAME_BYTES, (long) frames * FRAME_BYTES);
    }

    private static long bytes(List<Range> reads) {
        return reads.stream().mapToLong(Range::bytes).sum();
    }
}
