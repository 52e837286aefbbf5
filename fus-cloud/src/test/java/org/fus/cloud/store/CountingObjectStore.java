package org.fus.cloud.store;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.fus.cloud.object.ObjectInfo;
import org.fus.cloud.object.ObjectStore;
import org.fus.cloud.object.StoredObject;

/** Counts what is read, and lets a test step in. */
final class CountingObjectStore implements ObjectStore {
    final AtomicLong readBytes = new AtomicLong();
    private final ObjectStore inner;
    private Consumer<String> beforePut = key -> {};
    private Consumer<String> beforeRead = key -> {};

    CountingObjectStore(ObjectStore inner) {
        this.inner = inner;
    }

    /** The hook may throw, as a connection that is cut. */
    void beforePut(Consumer<String> hook) {
        beforePut = hook;
    }

    /** The hook may throw, as a connection that is cut. */
    void beforeRead(Consumer<String> hook) {
        beforeRead = hook;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public boolean putIfAbsent(String key, ByteBuffer bytes) {
        beforePut.accept(key);
        return inner.putIfAbsent(key, bytes);
    }

    @Override
    public Optional<String> replace(String key, String version, ByteBuffer bytes) {
        return inner.replace(key, version, bytes);
    }

    @Override
    public Optional<StoredObject> get(String key, int maxBytes) {
        Optional<StoredObject> got = inner.get(key, maxBytes);
        got.ifPresent(o -> readBytes.addAndGet(o.bytes().length));
        return got;
    }

    @Override
    public boolean read(String key, long position, ByteBuffer target) {
        beforeRead.accept(key);
        readBytes.addAndGet(target.remaining());
        return inner.read(key, position, target);
    }

    @Override
    public Optional<ObjectInfo> head(String key) {
        return inner.head(key);
    }

    @Override
    public List<ObjectInfo> list(String prefix) {
        return inner.list(prefix);
    }

    @Override
    public void delete(String key) {
        inner.delete(key);
    }

    @Override
    public int discardAbandoned(Duration age) {
        return inner.discardAbandoned(age);
    }

    @Override
    public void close() {
        inner.close();
    }
}
