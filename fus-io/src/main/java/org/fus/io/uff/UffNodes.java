package org.fus.io.uff;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.Vector3;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.internal.hdf.HdfArray;
import org.fus.io.source.ByteSource;

/** Objects of the format: groups with an attribute {@code class}, properties as children. */
final class UffNodes {
    static final String CHANNEL_DATA = "uff.channel_data";
    static final String BEAMFORMED_DATA = "uff.beamformed_data";

    /** Where the SDK keeps what the format has no place for: a description in the schema of fus info, as characters. */
    static final String DESCRIPTION = "fus_sdk";

    private final Hdf hdf;

    UffNodes(Hdf hdf) {
        this.hdf = hdf;
    }

    /** The file as one of this format; nothing when it is none. */
    static Optional<UffNodes> of(ByteSource source) {
        return Hdf.hasSignature(source)
                ? Hdf.tryOpen(source).map(UffNodes::new).filter(UffNodes::isUff)
                : Optional.empty();
    }

    private boolean isUff() {
        try {
            return find(CHANNEL_DATA).isPresent() || find(BEAMFORMED_DATA).isPresent();
        } catch (FusFormatException e) {
            return false;
        }
    }

    Hdf hdf() {
        return hdf;
    }

    String version() {
        return hdf.attributeText("", "version").orElse("unknown");
    }

    /** The first object of a class at the root. */
    Optional<String> find(String type) {
        return hdf.children("").stream().filter(n -> type(n).equals(type)).findFirst();
    }

    String type(String path) {
        return hdf.attributeText(path, "class").orElse("");
    }

    boolean has(String path) {
        return hdf.has(path);
    }

    /** A number that may be absent under one or more names. */
    double number(double absent, String... paths) {
        for (String path : paths) {
            if (hdf.has(path)) {
                return hdf.number(path);
            }
        }
        return absent;
    }

    double positive(String path) {
        double v = hdf.number(path);
        if (!(v > 0) || !Double.isFinite(v)) {
            throw hdf.failure(path, "expected a positive number, got " + v);
        }
        return v;
    }

    /** The objects of a property that holds one or an array of them. */
    List<String> objects(String path) {
        double[] array = hdf.attributeNumbers(path, "array").orElse(new double[] {0});
        if (array.length == 0 || array[0] == 0) {
            return List.of(path);
        }
        List<String> out = new ArrayList<>();
        hdf.children(path).stream().sorted().forEach(n -> out.add(path + "/" + n));
        if (out.isEmpty()) {
            throw hdf.failure(path, "expected an array of objects, got an empty group");
        }
        return out;
    }

    /** A point by distance and angles; nothing for one at infinity, whose angles are then its direction. */
    Optional<Vector3> point(String path) {
        double distance = number(0, path + "/distance");
        return Double.isInfinite(distance)
                ? Optional.empty()
                : Optional.of(direction(path).times(distance));
    }

    Vector3 direction(String path) {
        double azimuth = number(0, path + "/azimuth");
        double elevation = number(0, path + "/elevation");
        return new Vector3(
                Math.sin(azimuth) * Math.cos(elevation), Math.sin(elevation), Math.cos(azimuth) * Math.cos(elevation));
    }

    /** Lengths of the last four axes; MATLAB drops trailing ones, which are the first ones here. */
    static int[] shape(Hdf hdf, HdfArray data) {
        List<Long> stored = data.shape();
        if (stored.isEmpty() || stored.size() > 4) {
            throw hdf.failure(data.path(), "expected 1 to 4 axes, got shape " + stored);
        }
        int[] out = {1, 1, 1, 1};
        for (int i = 0; i < stored.size(); i++) {
            long n = stored.get(i);
            if (n < 1 || n > Integer.MAX_VALUE) {
                throw hdf.failure(data.path(), "expected axes of at least one value, got shape " + stored);
            }
            out[4 - stored.size() + i] = (int) n;
        }
        return out;
    }

    /** The values at one index of the first of four axes. */
    static float[] frame(HdfArray data, int[] shape, int frame) {
        int axes = data.shape().size();
        long[] offset = new long[axes];
        int[] count = new int[axes];
        for (int i = 0; i < axes; i++) {
            count[i] = shape[4 - axes + i];
        }
        if (axes == 4) {
            offset[0] = frame;
            count[0] = 1;
        }
        int size = shape[1] * shape[2] * shape[3];
        return data.values(offset, count).floats(0, size);
    }

    /** The same for a complex property, which is a group of two, as (re, im). */
    static float[] frame(HdfArray re, HdfArray im, int[] shape, int frame) {
        float[] a = frame(re, shape, frame);
        float[] b = frame(im, shape, frame);
        float[] out = new float[2 * a.length];
        for (int i = 0; i < a.length; i++) {
            out[2 * i] = a[i];
            out[2 * i + 1] = b[i];
        }
        return out;
    }
}
