package org.fus.io.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fus.core.error.FusStorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void write_newAndExistingTarget_holdsTheBytesAlone() throws Exception {
        Path target = folder.resolve("a.png");

        AtomicFile.write(target, Existing.REPLACE, out -> out.write(new byte[] {1, 2, 3}));
        AtomicFile.write(target, Existing.REPLACE, out -> out.write(new byte[] {4}));

        assertThat(target).hasBinaryContent(new byte[] {4});
        assertThat(names()).containsExactly("a.png");
    }

    @Test
    void write_diskFull_leavesTheTargetAsItWas() throws Exception {
        Path target = folder.resolve("a.npy");
        Files.writeString(target, "before");

        assertThatThrownBy(() -> AtomicFile.write(target, Existing.REPLACE, out -> {
                    out.write(new byte[1 << 20]);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("a.npy: cannot write: No space left on device; free some space");
        assertThat(target).hasContent("before");
        assertThat(names()).containsExactly("a.npy");
    }

    @Test
    void write_bodyThatFails_leavesNothing() throws Exception {
        assertThatThrownBy(() -> AtomicFile.write(folder.resolve("a.npy"), Existing.REPLACE, out -> {
                    throw new IllegalStateException("no values");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void writeAll_secondFails_firstIsNotThereEither() throws Exception {
        AtomicFile.Entry good = new AtomicFile.Entry(folder.resolve("a.npy"), out -> out.write(1));
        AtomicFile.Entry bad = new AtomicFile.Entry(folder.resolve("a.npy.json"), out -> {
            throw new IOException("broken");
        });

        assertThatThrownBy(() -> AtomicFile.writeAll(List.of(good, bad), Existing.REPLACE))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("a.npy.json: cannot write: broken");
        assertThat(names()).isEmpty();
    }

    @Test
    void write_intoNoFolder_saysSo() {
        assertThatThrownBy(() -> AtomicFile.write(folder.resolve("none/a.npy"), Existing.REPLACE, out -> out.write(1)))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("its folder does not exist");
    }

    @Test
    void write_nameThatExists_isRefusedUnlessItIsToBeReplaced() throws Exception {
        Path target = Files.writeString(folder.resolve("a.npy"), "old");

        assertThatThrownBy(() -> AtomicFile.write(target, Existing.REFUSE, out -> {
                    throw new AssertionError("a byte was asked for");
                }))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("it exists already");
        assertThat(target).hasContent("old");
        AtomicFile.write(target, Existing.REPLACE, out -> out.write('n'));
        assertThat(target).hasContent("n");
    }

    @Test
    void write_nameThatIsTakenMeanwhile_isRefused() throws Exception {
        Path target = folder.resolve("a.npy");

        assertThatThrownBy(() -> AtomicFile.write(target, Existing.REFUSE, out -> {
                    out.write(1);
                    Files.writeString(target, "other");
                }))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("it exists already");
        assertThat(target).hasContent("other");
        assertThat(names()).containsExactly("a.npy");
    }

    @Test
    void write_ontoAFolder_isRefused() throws Exception {
        Path target = Files.createDirectory(folder.resolve("a.npy"));

        assertThatThrownBy(() -> AtomicFile.write(target, Existing.REPLACE, out -> out.write(1)))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("it is a folder");
    }

    @Test
    void of_fileThatIsMissingOrAFolder_isAStorageFailure() {
        assertThatThrownBy(() -> PathSource.of(folder.resolve("none.npy")))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("none.npy: cannot read: no such file");
        assertThatThrownBy(() -> PathSource.of(folder))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("no regular file");
    }

    @Test
    void read_fileThatChangedSince_isAStorageFailure() throws Exception {
        Path file = Files.write(folder.resolve("a.npy"), new byte[10]);
        PathSource source = PathSource.of(file);
        Files.write(file, new byte[5]);

        assertThatThrownBy(() -> source.head(10))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("changed while it was being read");
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }
}
