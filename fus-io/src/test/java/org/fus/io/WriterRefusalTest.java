package org.fus.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.FusSeries;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.error.FusException;
import org.fus.core.error.FusStorageException;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.Frame;
import org.fus.core.geometry.ImageGrid;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.io.content.ChannelRecording;
import org.fus.io.content.Content;
import org.fus.io.content.ContentWriter;
import org.fus.io.content.IqRecording;
import org.fus.io.content.Origin;
import org.fus.io.content.SampleType;
import org.fus.io.content.SurfaceRegion;
import org.fus.io.content.WriteOptions;
import org.fus.io.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every writer refuses what cannot work before it writes a byte, and leaves nothing of a write that fails. */
class WriterRefusalTest {
    private static final FusSeries.Shape SHAPE = new FusSeries.Shape(1, 1, 3, 4, 1, 5);
    private static final String BROKEN = "the source broke";

    @TempDir
    Path folder;

    static List<ContentWriter> writers() {
        return FusFiles.writers();
    }

    @ParameterizedTest
    @MethodSource("writers")
    void write_nameThatExists_isRefusedAndStaysAsItWas(ContentWriter writer) throws IOException {
        Path target = folder.resolve("a" + writer.extensions().getFirst());
        Files.writeString(target, "mine");

        assertThatThrownBy(() -> write(target, writer, whole(writer)))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("exists");

        assertThat(target).hasContent("mine");
        assertThat(names()).containsExactly(target.getFileName().toString());
    }

    @ParameterizedTest
    @MethodSource("writers")
    void write_folderThatIsMissing_isRefused(ContentWriter writer) {
        Path target = folder.resolve("none").resolve("a" + writer.extensions().getFirst());

        assertThatThrownBy(() -> write(target, writer, whole(writer)))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("folder");

        assertThat(names()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("writers")
    void write_folderThatIsReadOnly_isRefused(ContentWriter writer) throws IOException {
        // Root may write to every folder of a disk, but nobody makes files in that of the kernel.
        Path closed = Path.of("/proc/sys/kernel");
        if (!"root".equals(System.getProperty("user.name"))) {
            closed = Files.createDirectory(folder.resolve("closed"));
            assumeThat(closed.toFile().setWritable(false))
                    .as("folders can be closed here")
                    .isTrue();
        }
        assumeThat(closed).as("a folder that nobody can write to").isDirectory();
        Path target = closed.resolve("a" + writer.extensions().getFirst());

        assertThatThrownBy(() -> write(target, writer, whole(writer)))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining(target.toString());

        assertThat(target).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("writers")
    void write_sourceThatBreaks_leavesNothing(ContentWriter writer) {
        Content broken = broken(whole(writer));
        assumeThat(broken).as("content that is read while it is written").isNotNull();
        Path target = folder.resolve("a" + writer.extensions().getFirst());

        assertThatThrownBy(() -> write(target, writer, broken))
                .isInstanceOf(FusException.class)
                .hasMessageContaining(BROKEN);

        assertThat(names()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("writers")
    void write_storeOfAnotherShape_leavesNothing(ContentWriter writer) {
        assumeThat(whole(writer) instanceof Content.Series)
                .as("the format holds series")
                .isTrue();
        FusSeries s = Samples.series(SHAPE);
        Content other = Content.of(series(s, (extra, pose, first, count) -> new double[count * 20 - 1]));
        Path target = folder.resolve("a" + writer.extensions().getFirst());

        assertThatThrownBy(() -> write(target, writer, other))
                .isInstanceOf(FusException.class)
                .hasMessageContaining("expected ");

        assertThat(names()).isEmpty();
    }

    /** Axes that disagree do not even make a series that a writer could be given. */
    @Test
    void series_whoseAxesDisagree_isRefused() {
        FusSeries s = Samples.series(SHAPE);
        assertThatThrownBy(() -> FusSeries.of(
                        SHAPE,
                        s.geometry(),
                        new FusSeries.Times(List.of(0.4, 0.8), List.of()),
                        Map.of(),
                        Provenance.none(),
                        s::read))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 entries, expected 3");
        assertThatThrownBy(() -> FusSeries.of(
                        new FusSeries.Shape(1, 2, 3, 4, 1, 5),
                        s.geometry(),
                        s.times(),
                        Map.of(),
                        Provenance.none(),
                        s::read))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 entries, expected 2");
    }

    private static void write(Path target, ContentWriter writer, Content content) {
        FusFiles.write(target, content, writer.name(), WriteOptions.DEFAULTS);
    }

    /** The first content that a writer holds. */
    private static Content whole(ContentWriter writer) {
        Origin origin = Origin.computed(SampleType.FLOAT64);
        return Stream.of(
                        Content.of(Samples.series(SHAPE)),
                        Content.of(Samples.iq(4)),
                        Content.of(Samples.channels(4)),
                        Content.of(Samples.map()),
                        new Content.Program(
                                origin,
                                new AcquisitionProgram(
                                        TransmitSequence.planeWaves(-0.1, 0.1, 3, 15.625e6, 5500),
                                        SampleAxis.common(62.5e6, 4e-6, 3, 64),
                                        8,
                                        4),
                                ProbeCatalogue.ICO_PRIME),
                        new Content.Transform(origin, Frame.BRAIN, Frame.LAB, Affine3.identity()),
                        new Content.Regions(
                                origin,
                                Frame.BRAIN,
                                List.of(new SurfaceRegion(
                                        "Cortex",
                                        new SurfaceRegion.Color(1, 0, 0),
                                        new double[] {0, 0, 0, 1e-3, 0, 0, 0, 1e-3, 0},
                                        new int[] {0, 1, 2}))))
                .filter(writer::holds)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no content for " + writer.name()));
    }

    /** The same content, which breaks behind its first volume or frame; null when it stands in memory. */
    private static Content broken(Content content) {
        return switch (content) {
            case Content.Series c ->
                Content.of(series(c.series(), (extra, pose, first, count) -> {
                    throw new FusException(BROKEN);
                }));
            case Content.Iq c -> new Content.Iq(c.origin(), new BrokenImages(c.recording()));
            case Content.Channels c -> new Content.Channels(c.origin(), new BrokenChannels(c.recording()));
            default -> null;
        };
    }

    private static FusSeries series(FusSeries s, FusSeries.Store store) {
        return FusSeries.of(s.shape(), s.geometry(), s.times(), s.metadata(), Provenance.none(), store);
    }

    private Set<String> names() {
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).collect(java.util.stream.Collectors.toSet());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private record BrokenImages(IqRecording all) implements IqRecording {
        @Override
        public ImageGrid grid() {
            return all.grid();
        }

        @Override
        public IqEnsemble.Timing timing() {
            return all.timing();
        }

        @Override
        public int frames() {
            return all.frames();
        }

        @Override
        public int framesPerBlock() {
            return 1;
        }

        @Override
        public Provenance provenance() {
            return all.provenance();
        }

        @Override
        public IqEnsemble read(int firstFrame, int count) {
            if (firstFrame + count > 2) {
                throw new FusException(BROKEN);
            }
            return all.read(firstFrame, count);
        }
    }

    private record BrokenChannels(ChannelRecording all) implements ChannelRecording {
        @Override
        public ChannelFormat format() {
            return all.format();
        }

        @Override
        public int frames() {
            return all.frames();
        }

        @Override
        public org.fus.core.data.ChannelData read(int firstFrame, int count) {
            if (firstFrame + count > 2) {
                throw new FusException(BROKEN);
            }
            return all.read(firstFrame, count);
        }
    }
}
