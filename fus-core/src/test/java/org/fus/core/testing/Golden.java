package org.fus.core.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Reads the raw arrays of golden vectors: little-endian, C order, complex as interleaved (re, im). The vectors are not
 * part of the project; the system property {@code fus.testData} names their folder. Without it a test that asks for a
 * set is skipped, and the skip names the set.
 */
public final class Golden {
    private final Path folder;

    private Golden(Path folder) {
        this.folder = folder;
    }

    /** The set {@code name}, such as {@code signal/g04_rf2iq}; skips the calling test when it is not there. */
    public static Golden set(String name) {
        Path folder = testData().resolve("golden").resolve(name);
        Assumptions.assumeTrue(Files.isDirectory(folder), "golden set " + name + " is not under fus.testData");
        return new Golden(folder);
    }

    /** A file of the test data, such as {@code data/pybf/rf_dataset.hdf5}; skips the calling test when not there. */
    public static Path file(String name) {
        Path file = testData().resolve(name);
        Assumptions.assumeTrue(Files.exists(file), name + " is not under fus.testData");
        return file;
    }

    private static Path testData() {
        String root = System.getProperty("fus.testData", "");
        Assumptions.assumeFalse(
                root.isBlank() || root.startsWith("$"),
                "fus.testData is not set: golden vectors and real data skipped");
        return Path.of(root);
    }

    public double[] doubles(String key) {
        ByteBuffer b = read(key + ".f64");
        double[] out = new double[b.remaining() / Double.BYTES];
        b.asDoubleBuffer().get(out);
        return out;
    }

    public float[] floats(String key) {
        ByteBuffer b = read(key + ".f32");
        float[] out = new float[b.remaining() / Float.BYTES];
        b.asFloatBuffer().get(out);
        return out;
    }

    public int[] ints(String key) {
        ByteBuffer b = read(key + ".i32");
        int[] out = new int[b.remaining() / Integer.BYTES];
        b.asIntBuffer().get(out);
        return out;
    }

    private ByteBuffer read(String file) {
        try {
            return ByteBuffer.wrap(Files.readAllBytes(folder.resolve(file))).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
