package org.fus.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fus.core.error.FusFormatException;
import org.fus.io.content.Content;
import org.fus.io.content.ContentWriter;
import org.fus.io.content.FileFormat;
import org.fus.io.content.FileHead;
import org.fus.io.content.OpenOptions;
import org.fus.io.content.Origin;
import org.fus.io.content.SampleType;
import org.fus.io.content.StoredArray;
import org.fus.io.content.WriteOptions;
import org.fus.io.source.AtomicFile;
import org.fus.io.source.ByteSource;
import org.fus.io.source.MemorySource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host brings a format of its own: named in its jar, found without a change to this library. */
class HostFormatTest {
    private static final String MAGIC = "LAB1";

    @TempDir
    Path folder;

    private ClassLoader before;
    private URLClassLoader host;

    /** Rows of float64 behind a magic and their number. */
    public static final class LabFormat implements FileFormat {
        @Override
        public String name() {
            return "Lab rows";
        }

        @Override
        public List<String> extensions() {
            return List.of(".lab");
        }

        @Override
        public boolean recognises(FileHead head) {
            return head.startsWith(MAGIC);
        }

        @Override
        public Content open(ByteSource source, OpenOptions options) {
            ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            source.read(0, head);
            int n = head.getInt(4);
            if (n < 0 || source.size() != 8 + 8L * n) {
                throw new FusFormatException(
                        source.name(), "byte 4", "expected " + n + " values, got " + source.size() + " bytes");
            }
            Origin origin = new Origin(source.name(), name(), "float64", Map.of(), List.of());
            return new Content.Array(
                    origin, new StoredArray(SampleType.FLOAT64, List.of((long) n), ByteOrder.LITTLE_ENDIAN, source, 8));
        }
    }

    /** Writes what {@link LabFormat} reads. */
    public static final class LabWriter implements ContentWriter {
        @Override
        public String name() {
            return "Lab rows";
        }

        @Override
        public List<String> extensions() {
            return List.of(".lab");
        }

        @Override
        public boolean holds(Content content) {
            return content instanceof Content.Array a && a.array().shape().size() == 1;
        }

        @Override
        public String holding() {
            return "a row of numbers";
        }

        @Override
        public List<String> write(Path target, Content content, WriteOptions options) {
            StoredArray array = ((Content.Array) content).array();
            int n = (int) array.size();
            ByteBuffer bytes = ByteBuffer.allocate(8 + 8 * n).order(ByteOrder.LITTLE_ENDIAN);
            bytes.put(MAGIC.getBytes(StandardCharsets.US_ASCII)).putInt(n);
            for (double v : array.doubles(0, n)) {
                bytes.putDouble(v);
            }
            AtomicFile.write(target, options.existing(), out -> out.write(bytes.array()));
            return List.of();
        }
    }

    /** What the host's jar has: two names of classes. */
    @BeforeEach
    void install() throws Exception {
        Path services = Files.createDirectories(folder.resolve("jar/META-INF/services"));
        Files.writeString(services.resolve(FileFormat.class.getName()), LabFormat.class.getName());
        Files.writeString(services.resolve(ContentWriter.class.getName()), LabWriter.class.getName());
        before = Thread.currentThread().getContextClassLoader();
        host = new URLClassLoader(new URL[] {folder.resolve("jar").toUri().toURL()}, FusFiles.class.getClassLoader());
        Thread.currentThread().setContextClassLoader(host);
    }

    @AfterEach
    void remove() throws Exception {
        Thread.currentThread().setContextClassLoader(before);
        host.close();
    }

    @Test
    void write_byExtension_andOpen_byContent_useTheFormatOfTheHost() {
        Path file = folder.resolve("a.lab");
        assertThat(FusFiles.write(file, row(1.5, -2))).isEmpty();

        Content.Array back = (Content.Array) FusFiles.open(file);

        assertThat(back.array().doubles(0, 2)).containsExactly(1.5, -2);
        assertThat(back.origin().format()).isEqualTo("Lab rows");
        assertThat(FusFiles.infoJson(back)).contains("\"format\" : \"Lab rows\"");
        Path npy = folder.resolve("a.npy");
        FusFiles.write(npy, back);
        assertThat(((Content.Array) FusFiles.open(npy)).array().doubles(0, 2)).containsExactly(1.5, -2);
        FusFiles.write(folder.resolve("by-name.bin"), row(3), "lab rows", WriteOptions.DEFAULTS);
        assertThat(FusFiles.open(folder.resolve("by-name.bin")).origin().format())
                .isEqualTo("Lab rows");
    }

    @Test
    void formats_ofTheLibrary_comeFirst_andOnce() {
        List<String> names = FusFiles.formats().stream().map(FileFormat::name).toList();

        assertThat(names.getLast()).isEqualTo("Lab rows");
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void open_damagedFileOfTheHost_endsInItsFailure() {
        byte[] bytes = {'L', 'A', 'B', '1', 9, 0, 0, 0};

        assertThatThrownBy(() -> FusFiles.open(MemorySource.wrap("a.lab", bytes)))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("a.lab: byte 4: expected 9 values");
    }

    @Test
    void open_withoutTheHost_isRefused() {
        Path file = folder.resolve("a.lab");
        FusFiles.write(file, row(1));
        Thread.currentThread().setContextClassLoader(before);

        assertThatThrownBy(() -> FusFiles.open(file))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("no known format");
    }

    private static Content row(double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double v : values) {
            bytes.putDouble(v);
        }
        return new Content.Array(
                Origin.computed(SampleType.FLOAT64),
                new StoredArray(
                        SampleType.FLOAT64,
                        List.of((long) values.length),
                        ByteOrder.LITTLE_ENDIAN,
                        MemorySource.wrap("row", bytes.array()),
                        0));
    }
}
