package org.fus.io.nifti;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fus.core.data.FusSeries;
import org.fus.core.data.IqEnsemble;
import org.fus.core.geometry.ImageGrid;
import org.fus.io.content.Content;
import org.fus.io.content.IqRecording;
import org.fus.io.content.SampleType;
import org.fus.io.content.StoredArray;

/** The values of content in the order and a type of an image. */
final class NiftiValues {
    private static final int MAX_AXES = 7;
    private static final int BLOCK_VALUES = 1 << 18;

    private final Content content;
    private final SampleType type;
    private final List<Long> dims;

    private NiftiValues(Content content, SampleType type, List<Long> dims) {
        this.content = content;
        this.type = type;
        this.dims = dims;
    }

    /** A value that the type cannot hold. */
    static final class DoesNotFit extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static NiftiValues of(Content content) {
        return switch (content) {
            case Content.Series c ->
                new NiftiValues(content, storedType(content), dims(c.series().shape()));
            case Content.Iq c ->
                new NiftiValues(
                        content,
                        SampleType.COMPLEX64,
                        dims(c.recording().grid(), c.recording().frames()));
            case Content.Doppler c ->
                new NiftiValues(
                        content, SampleType.FLOAT32, dims(c.map().grid(), 1).subList(0, 3));
            case Content.Array c ->
                new NiftiValues(content, c.array().type(), c.array().shape().reversed());
            default -> throw refused();
        };
    }

    /** Whether an image can have such axes. */
    static boolean fits(List<Long> shape) {
        return !shape.isEmpty() && shape.size() <= MAX_AXES && !shape.contains(0L);
    }

    /** The same values in another type. */
    NiftiValues as(SampleType other) {
        return new NiftiValues(content, other, dims);
    }

    /** The type of the engine, which holds every value. */
    SampleType exactType() {
        return content instanceof Content.Series ? SampleType.FLOAT64 : type;
    }

    SampleType type() {
        return type;
    }

    /** Lengths of the axes, the first one varies fastest. */
    List<Long> dims() {
        return dims;
    }

    void write(OutputStream out) throws IOException {
        switch (content) {
            case Content.Series c -> series(out, c.series());
            case Content.Iq c -> iq(out, c.recording());
            case Content.Doppler c -> {
                ImageGrid g = c.map().grid();
                floats(out, VolumeOrder.zyxToYzx(c.map().toArray(), g.nz(), g.ny(), g.nx()));
            }
            case Content.Array c -> array(out, c.array());
            default -> throw refused();
        }
    }

    private void series(OutputStream out, FusSeries series) throws IOException {
        FusSeries.Shape s = series.shape();
        int block = Math.clamp(BLOCK_VALUES / s.voxels(), 1, s.times());
        for (int extra = 0; extra < s.extras(); extra++) {
            for (int pose = 0; pose < s.poses(); pose++) {
                for (int t = 0; t < s.times(); t += block) {
                    double[] values = series.read(extra, pose, t, Math.min(block, s.times() - t));
                    out.write(bytes(VolumeOrder.zyxToYzx(values, s.nz(), s.ny(), s.nx())));
                }
            }
        }
    }

    private byte[] bytes(double[] values) {
        ByteBuffer b = ByteBuffer.allocate(Math.multiplyExact(values.length, type.bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (double v : values) {
            switch (type) {
                case UINT8, BOOL -> b.put((byte) whole(v, 0, 0xFF));
                case INT8 -> b.put((byte) whole(v, Byte.MIN_VALUE, Byte.MAX_VALUE));
                case INT16 -> b.putShort((short) whole(v, Short.MIN_VALUE, Short.MAX_VALUE));
                case UINT16 -> b.putShort((short) whole(v, 0, 0xFFFF));
                case INT32 -> b.putInt((int) whole(v, Integer.MIN_VALUE, Integer.MAX_VALUE));
                case UINT32 -> b.putInt((int) whole(v, 0, 0xFFFFFFFFL));
                case FLOAT32 -> b.putFloat(single(v));
                default -> b.putDouble(v);
            }
        }
        return b.array();
    }

    private static long whole(double v, long least, long most) {
        if (v != Math.rint(v) || v < least || v > most || (v == 0 && 1 / v < 0)) {
            throw new DoesNotFit();
        }
        return (long) v;
    }

    private static float single(double v) {
        if ((float) v != v && !Double.isNaN(v)) {
            throw new DoesNotFit();
        }
        return (float) v;
    }

    private static void iq(OutputStream out, IqRecording recording) throws IOException {
        ImageGrid g = recording.grid();
        int block = Math.clamp(BLOCK_VALUES / g.size(), 1, recording.frames());
        for (int first = 0; first < recording.frames(); first += block) {
            IqEnsemble part = recording.read(first, Math.min(block, recording.frames() - first));
            for (int f = 0; f < part.frames(); f++) {
                floats(out, VolumeOrder.zyxToYzx(part.copyFrame(f), g.nz(), g.ny(), 2 * g.nx()));
            }
        }
    }

    private static IllegalStateException refused() {
        return new IllegalStateException("the writer said that it does not hold this content");
    }

    private static void floats(OutputStream out, float[] values) throws IOException {
        for (int i = 0; i < values.length; i += BLOCK_VALUES) {
            int n = Math.min(BLOCK_VALUES, values.length - i);
            ByteBuffer b = ByteBuffer.allocate(n * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            b.asFloatBuffer().put(values, i, n);
            out.write(b.array());
        }
    }

    private static void array(OutputStream out, StoredArray array) throws IOException {
        for (long i = 0; i < array.size(); i += BLOCK_VALUES) {
            out.write(array.littleEndian(i, (int) Math.min(BLOCK_VALUES, array.size() - i)));
        }
    }

    /** The type of the file that the values come from, when an image has it and a series can fill it. */
    private static SampleType storedType(Content content) {
        List<SampleType> real = List.of(
                SampleType.UINT8,
                SampleType.INT8,
                SampleType.INT16,
                SampleType.UINT16,
                SampleType.INT32,
                SampleType.UINT32,
                SampleType.FLOAT32);
        return Arrays.stream(SampleType.values())
                .filter(t -> t.label().equals(content.origin().dtype()))
                .filter(real::contains)
                .findFirst()
                .orElse(SampleType.FLOAT64);
    }

    private static List<Long> dims(ImageGrid g, int frames) {
        return List.of((long) g.nx(), (long) g.nz(), (long) g.ny(), (long) frames);
    }

    private static List<Long> dims(FusSeries.Shape s) {
        List<Long> out = new ArrayList<>(List.of((long) s.nx(), (long) s.nz(), (long) s.ny(), (long) s.times()));
        if (s.poses() > 1 || s.extras() > 1) {
            out.add((long) s.poses());
        }
        if (s.extras() > 1) {
            out.add((long) s.extras());
        }
        return out;
    }
}
