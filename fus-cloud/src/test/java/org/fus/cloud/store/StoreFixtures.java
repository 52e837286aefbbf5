package org.fus.cloud.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.fus.core.run.RunContext;
import org.fus.io.content.SampleType;
import org.fus.io.zarr.FolderStore;
import org.fus.io.zarr.ZarrArray;
import org.fus.io.zarr.ZarrCodec;
import org.fus.io.zarr.ZarrMetadata;

/** Files to import. */
final class StoreFixtures {
    static final RunContext CONTEXT = RunContext.inline();

    private StoreFixtures() {}

    static byte[] random(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static Path file(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A sharded array of bytes: shards of 64 inner chunks of 32 KiB, as a recording has one shard for each block. */
    static ZarrArray shardedArray(Path folder, byte[] values) throws IOException {
        Files.createDirectories(folder);
        int inner = 32 << 10;
        int shard = 64 * inner;
        ZarrArray array = ZarrArray.create(
                FolderStore.of(folder),
                "",
                ZarrMetadata.of(SampleType.UINT8, List.of((long) values.length), List.of(shard))
                        .withCodecs(ZarrCodec.Sharding.of(
                                List.of(inner), List.of(ZarrCodec.Bytes.LITTLE_ENDIAN, new ZarrCodec.Crc32c()))));
        array.write(new long[] {0}, new int[] {values.length}, values);
        return array;
    }

    /** Bytes of the files below a folder by path. */
    static SortedMap<String, byte[]> tree(Path folder) {
        SortedMap<String, byte[]> out = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void assertSameTree(Path expected, Path got) {
        SortedMap<String, byte[]> e = tree(expected);
        SortedMap<String, byte[]> g = tree(got);
        org.assertj.core.api.Assertions.assertThat(g.keySet()).isEqualTo(e.keySet());
        e.forEach((path, bytes) ->
                org.assertj.core.api.Assertions.assertThat(g.get(path)).as(path).isEqualTo(bytes));
    }

    /** Bytes of all objects of a store. */
    static long storedBytes(AcquisitionStore store) {
        return store.objects().list("").stream().mapToLong(o -> o.bytes()).sum();
    }
}
