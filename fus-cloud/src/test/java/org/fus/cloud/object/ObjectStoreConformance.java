package org.fus.cloud.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.fus.core.error.FusStorageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every object store must do. */
public abstract class ObjectStoreConformance {
    private ObjectStore store;

    /** An empty store. */
    protected abstract ObjectStore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void put_thenRead_givesTheBytes() {
        assertThat(store.putIfAbsent("a/b", bytes("hello"))).isTrue();
        assertThat(text(store.get("a/b", 100))).isEqualTo("hello");
        ByteBuffer part = ByteBuffer.allocate(3);
        assertThat(store.read("a/b", 1, part)).isTrue();
        assertThat(new String(part.array(), StandardCharsets.UTF_8)).isEqualTo("ell");
        assertThat(store.head("a/b").map(ObjectInfo::bytes)).contains(5L);
    }

    @Test
    void put_leavesTheBufferAsItIs_andTakesPositionToLimit() {
        ByteBuffer buffer = bytes("xhellox").position(1).limit(6);
        store.putIfAbsent("a", buffer);
        assertThat(text(store.get("a", 100))).isEqualTo("hello");
        assertThat(buffer.position()).isEqualTo(1);
        assertThat(buffer.limit()).isEqualTo(6);
    }

    @Test
    void putIfAbsent_neverReplaces() {
        assertThat(store.putIfAbsent("a", bytes("one"))).isTrue();
        assertThat(store.putIfAbsent("a", bytes("two"))).isFalse();
        assertThat(text(store.get("a", 100))).isEqualTo("one");
    }

    @Test
    void replace_needsTheVersionThatIsThere() {
        store.putIfAbsent("a", bytes("one"));
        String first = store.get("a", 100).orElseThrow().version();
        Optional<String> second = store.replace("a", first, bytes("two"));
        assertThat(second).contains(store.get("a", 100).orElseThrow().version());
        assertThat(store.replace("a", first, bytes("three"))).isEmpty();
        assertThat(text(store.get("a", 100))).isEqualTo("two");
        assertThat(store.replace("nothing", first, bytes("x"))).isEmpty();
        assertThat(store.get("nothing", 100)).isEmpty();
    }

    @Test
    void whatIsNotThere_isNoFailure() {
        assertThat(store.get("a/b", 10)).isEmpty();
        assertThat(store.head("a/b")).isEmpty();
        assertThat(store.read("a/b", 0, ByteBuffer.allocate(1))).isFalse();
        store.delete("a/b");
        assertThat(store.list("a/")).isEmpty();
    }

    @Test
    void list_isSorted_andKnowsPrefixes() {
        List.of("b/2", "b/1/x", "a", "bc/1").forEach(k -> store.putIfAbsent(k, bytes(k)));
        assertThat(store.list("").stream().map(ObjectInfo::key)).containsExactly("a", "b/1/x", "b/2", "bc/1");
        assertThat(store.list("b/").stream().map(ObjectInfo::key)).containsExactly("b/1/x", "b/2");
        assertThat(store.list("b/").getFirst().bytes()).isEqualTo(5);
        store.delete("b/1/x");
        assertThat(store.list("b/").stream().map(ObjectInfo::key)).containsExactly("b/2");
    }

    @Test
    void tooLargeOrTooShort_isOneClearError() {
        store.putIfAbsent("a", bytes("hello"));
        assertThatThrownBy(() -> store.get("a", 4))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("5 bytes")
                .hasMessageContaining("at most 4");
        assertThatThrownBy(() -> store.read("a", 3, ByteBuffer.allocate(3)))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("ends at byte 5");
    }

    @Test
    void emptyObject_isAnObject() {
        store.putIfAbsent("empty", bytes(""));
        assertThat(store.get("empty", 0)).isPresent();
        assertThat(store.head("empty").map(ObjectInfo::bytes)).contains(0L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/a",
                "a/",
                "a//b",
                "../a",
                "a/../b",
                ".",
                ".hidden",
                "a/.tmp/x",
                "a\\b",
                "C:x",
                "a b",
                "ä",
                "con",
                "a/NUL.txt",
                "x\u0000",
                "a.",
                "-x"
            })
    void whatIsNoKey_isRefused(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> store.putIfAbsent(key, bytes("x")));
        assertThatIllegalArgumentException().isThrownBy(() -> store.get(key, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> store.delete(key));
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void ofManyAtOnce_oneMakesTheObject() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> made = IntStream.range(0, 16)
                    .mapToObj(i -> threads.submit(() -> store.putIfAbsent("one", bytes("by " + i))))
                    .toList();
            int winners = 0;
            for (Future<Boolean> m : made) {
                winners += m.get() ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        }
    }

    @Test
    void countersOfManyAtOnce_loseNothing() throws Exception {
        store.putIfAbsent("count", bytes("0"));
        int writers = 4;
        int each = 5;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = IntStream.range(0, writers)
                    .<Future<?>>mapToObj(w -> threads.submit(() -> {
                        for (int done = 0; done < each; ) {
                            StoredObject now = store.get("count", 100).orElseThrow();
                            int next = Integer.parseInt(new String(now.bytes(), StandardCharsets.UTF_8)) + 1;
                            done += store.replace("count", now.version(), bytes(Integer.toString(next)))
                                            .isPresent()
                                    ? 1
                                    : 0;
                        }
                    }))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(text(store.get("count", 100))).isEqualTo(Integer.toString(writers * each));
    }

    @Test
    void discardAbandoned_leavesObjects() {
        store.putIfAbsent("a", bytes("x"));
        store.discardAbandoned(Duration.ZERO);
        assertThat(text(store.get("a", 10))).isEqualTo("x");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Optional<StoredObject> object) {
        return new String(object.orElseThrow().bytes(), StandardCharsets.UTF_8);
    }
}
