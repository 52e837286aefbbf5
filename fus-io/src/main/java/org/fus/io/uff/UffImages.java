package org.fus.io.uff;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.ImageGrid;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.sequence.TransmitSequence;
import org.fus.io.content.Content;
import org.fus.io.content.Origin;
import org.fus.io.content.SampleType;
import org.fus.io.content.StoredArray;
import org.fus.io.info.FileInfo;
import org.fus.io.info.Sidecar;
import org.fus.io.internal.frames.LoadedImages;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.internal.hdf.HdfArray;
import org.fus.io.source.Heap;
import org.fus.io.source.MemorySource;

/** Beamformed data: h5 axes (frame, wave, channel, pixel), pixels of a linear scan with z fastest. */
final class UffImages {
    /** Axes of single precision are regular to this part of a step. */
    private static final double REGULAR = 1e-2;

    private UffImages() {}

    static Content read(UffNodes uff, String p, Optional<Sidecar> description) {
        Hdf hdf = uff.hdf();
        String file = hdf.source().name();
        boolean complex = hdf.isGroup(p + "/data");
        HdfArray re = hdf.array(complex ? p + "/data/real" : p + "/data");
        HdfArray im = complex ? hdf.array(p + "/data/imag") : re;
        if (!im.shape().equals(re.shape())) {
            throw hdf.failure(p + "/data/imag", "expected shape " + re.shape() + ", got " + im.shape());
        }
        int[] shape = UffNodes.shape(hdf, re);
        Optional<Sidecar> own = description.filter(d -> d.kind().equals("iq")
                && d.grid().size() == shape[3]
                && d.shape().getFirst() == shape[0]);
        Map<String, Object> metadata = own.map(Sidecar::metadata).orElseGet(LinkedHashMap::new);
        Optional<ImageGrid> grid = own.isPresent() ? own.map(Sidecar::grid) : grid(uff, p + "/scan", shape[3]);
        Optional<IqEnsemble.Timing> timing = own.isPresent() ? own.map(Sidecar::timing) : timing(uff, p);
        if (complex && shape[1] == 1 && shape[2] == 1 && grid.isPresent() && timing.isPresent()) {
            ImageGrid g = grid.get();
            if (own.isEmpty()) {
                metadata.put(FileInfo.NOT_STATED, List.of("voxelSizeM.y"));
            }
            Origin origin = new Origin(file, UffFormat.NAME + " " + uff.version(), "complex64", metadata, List.of());
            return new Content.Iq(
                    origin,
                    new LoadedImages(
                            file,
                            g,
                            timing.get(),
                            shape[0],
                            shape[0],
                            own.map(Sidecar::provenance).orElseGet(Provenance::none),
                            f -> zyx(UffNodes.frame(re, im, shape, f), g, 2)));
        }
        return bare(uff, re, im, complex, shape, metadata);
    }

    /** What is no ensemble of complex frames with a rate and a frequency is a bare array as the file has it. */
    private static Content bare(
            UffNodes uff, HdfArray re, HdfArray im, boolean complex, int[] shape, Map<String, Object> metadata) {
        String file = uff.hdf().source().name();
        metadata.put(FileInfo.DIMENSION_NAMES, List.of("frame", "wave", "channel", "pixel"));
        SampleType type = complex ? SampleType.COMPLEX64 : SampleType.FLOAT32;
        long values = (long) shape[0] * shape[1] * shape[2] * shape[3];
        Heap.require(file, Math.multiplyExact(values, 3L * type.bytes()));
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(Math.multiplyExact(values, (long) type.bytes())))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int f = 0; f < shape[0]; f++) {
            for (float v : complex ? UffNodes.frame(re, im, shape, f) : UffNodes.frame(re, shape, f)) {
                bytes.putFloat(v);
            }
        }
        List<Long> axes = List.of((long) shape[0], (long) shape[1], (long) shape[2], (long) shape[3]);
        Origin origin = new Origin(
                file,
                UffFormat.NAME + " " + uff.version(),
                type.label(),
                metadata,
                List.of("beamformed data without a linear scan, a frame rate or a modulation frequency, or not complex:"
                        + " read as a bare array (frame, wave, channel, pixel)"));
        return new Content.Array(
                origin,
                new StoredArray(type, axes, ByteOrder.LITTLE_ENDIAN, MemorySource.wrap(file, bytes.array()), 0));
    }

    private static Optional<ImageGrid> grid(UffNodes uff, String scan, int pixels) {
        if (!uff.has(scan + "/x_axis") || !uff.has(scan + "/z_axis")) {
            return Optional.empty();
        }
        double[] x = uff.hdf().numbers(scan + "/x_axis");
        double[] z = uff.hdf().numbers(scan + "/z_axis");
        if ((long) x.length * z.length != pixels || x.length < 2 || z.length < 2 || !regular(x) || !regular(z)) {
            return Optional.empty();
        }
        return Optional.of(PixelGrid.xz(x[0], x[x.length - 1], x.length, z[0], z[z.length - 1], z.length));
    }

    private static boolean regular(double[] axis) {
        double step = (axis[axis.length - 1] - axis[0]) / (axis.length - 1);
        for (int i = 1; i < axis.length; i++) {
            if (!(step > 0) || !(Math.abs(axis[i] - axis[i - 1] - step) <= REGULAR * step)) {
                return false;
            }
        }
        return true;
    }

    private static Optional<IqEnsemble.Timing> timing(UffNodes uff, String p) {
        double rate = uff.number(0, p + "/frame_rate");
        double modulation = uff.number(0, p + "/modulation_frequency");
        double center = modulation > 0 ? modulation : uff.number(0, p + "/pulse/center_frequency");
        double c = uff.number(TransmitSequence.SOFT_TISSUE_M_PER_S, p + "/sound_speed");
        return rate > 0 && center > 0 && c > 0 ? Optional.of(new IqEnsemble.Timing(rate, center, c)) : Optional.empty();
    }

    /** Pixels with z fastest, then y, then x, to rows of x. */
    static float[] zyx(float[] stored, ImageGrid g, int parts) {
        float[] out = new float[stored.length];
        for (int pixel = 0; pixel < g.size(); pixel++) {
            int z = pixel % g.nz();
            int y = pixel / g.nz() % g.ny();
            int x = pixel / g.nz() / g.ny();
            System.arraycopy(stored, pixel * parts, out, g.index(z, y, x) * parts, parts);
        }
        return out;
    }

    /** The inverse of {@link #zyx}. */
    static float[] zFastest(float[] values, ImageGrid g, int parts) {
        float[] out = new float[values.length];
        for (int pixel = 0; pixel < g.size(); pixel++) {
            int z = pixel % g.nz();
            int y = pixel / g.nz() % g.ny();
            int x = pixel / g.nz() / g.ny();
            System.arraycopy(values, g.index(z, y, x) * parts, out, pixel * parts, parts);
        }
        return out;
    }
}
