package org.fus.cloud.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.fus.core.error.FusStorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderObjectStoreTest extends ObjectStoreConformance {
    @TempDir
    private Path folder;

    @Override
    protected ObjectStore open() {
        return FolderObjectStore.of(folder);
    }

    @Test
    void links_leadNowhere() throws IOException {
        Path secret = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(secret.resolve("x"), "secret");
        Path root = Files.createDirectory(folder.resolve("store"));
        Files.createSymbolicLink(root.resolve("folder"), secret);
        Files.createSymbolicLink(root.resolve("file"), secret.resolve("x"));
        ObjectStore store = FolderObjectStore.of(root);
        assertThatThrownBy(() -> store.get("file", 100))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("link");
        assertThatThrownBy(() -> store.get("folder/x", 100))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("link");
        assertThatThrownBy(() -> store.putIfAbsent("folder/y", ByteBuffer.allocate(1)))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("link");
        assertThatThrownBy(() -> store.delete("folder/x")).isInstanceOf(FusStorageException.class);
        assertThat(store.list("")).isEmpty();
        assertThat(secret.resolve("y")).doesNotExist();
        assertThat(secret.resolve("x")).hasContent("secret");
    }

    @Test
    void whatAWriterThatDiedHasLeft_isNoObject_andIsDiscarded() throws IOException {
        ObjectStore store = FolderObjectStore.of(folder);
        store.putIfAbsent("a", ByteBuffer.allocate(1));
        Files.writeString(folder.resolve(".tmp").resolve("half"), "ha");
        assertThat(store.list("").stream().map(ObjectInfo::key)).containsExactly("a");
        assertThat(store.discardAbandoned(Duration.ofHours(1))).isZero();
        assertThat(store.discardAbandoned(Duration.ofHours(-1))).isEqualTo(1);
        assertThat(folder.resolve(".tmp")).isEmptyDirectory();
    }

    @Test
    void noFolder_isOneClearError() {
        assertThatThrownBy(() -> FolderObjectStore.of(folder.resolve("none")))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("no such file or folder");
    }
}
