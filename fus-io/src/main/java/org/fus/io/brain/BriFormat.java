package org.fus.io.brain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.Frame;
import org.fus.io.content.Content;
import org.fus.io.content.FileFormat;
import org.fus.io.content.FileHead;
import org.fus.io.content.OpenOptions;
import org.fus.io.content.Origin;
import org.fus.io.content.SampleType;
import org.fus.io.content.SurfaceRegion;
import org.fus.io.info.Extension;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.internal.hdf.HdfArray;
import org.fus.io.source.ByteSource;
import org.fus.io.source.Cursor;

/**
 * Reads {@code .bri}, HDF5 and binary: regions of interest as triangle surfaces in BRAIN coordinates. Regions of an HDF5
 * file are in the order of the names of their groups. Faces that name no vertex are refused.
 */
public final class BriFormat implements FileFormat {
    static final String HDF5 = "Iconeus regions of interest (HDF5)";
    static final String BINARY = "Iconeus regions of interest (binary)";
    static final String CODE = "bri_";
    static final long VERSION = 1;
    static final String GROUP = "ROI";

    /** Colours are counted in steps of 1/255; binary files round them to single precision. */
    private static final double COLOR_STEPS = 255;

    private static final double COLOR_TOLERANCE = 1e-6;

    /** Makes the reader. */
    public BriFormat() {}

    @Override
    public String name() {
        return "Iconeus regions of interest";
    }

    @Override
    public List<String> extensions() {
        return List.of(".bri");
    }

    @Override
    public boolean recognises(FileHead head) {
        return head.startsWith(CODE) || head.hasNode(GROUP);
    }

    @Override
    public Content open(ByteSource source, OpenOptions options) {
        boolean binary = new FileHead(source).startsWith(CODE);
        List<SurfaceRegion> regions = new ArrayList<>();
        String extension = binary ? binary(source, regions) : hdf5(source, regions);
        Map<String, Object> metadata = Extension.apply(source.name(), Map.of(), extension);
        Origin origin =
                new Origin(source.name(), binary ? BINARY : HDF5, SampleType.FLOAT64.label(), metadata, List.of());
        return new Content.Regions(origin, Frame.BRAIN, regions);
    }

    private static String binary(ByteSource source, List<SurfaceRegion> regions) {
        Cursor in = new Cursor(source, source.size());
        in.skip(CODE.length(), "code");
        in.skip(Long.BYTES, "version");
        long count = in.u32("regions");
        for (long r = 0; r < count; r++) {
            String where = "region " + r;
            double[] vertices = in.f64s(3 * in.u32(where + " vertices"), where + " vertices");
            long[] faces = in.u32s(3 * in.u32(where + " faces"), where + " faces");
            double[] color = {in.f32(where + " colour"), in.f32(where + " colour"), in.f32(where + " colour")};
            String label = in.text(in.u32(where + " label"), where + " label");
            regions.add(region(source, where, label, color, vertices, faces));
        }
        return BinaryExtension.read(in);
    }

    private static String hdf5(ByteSource source, List<SurfaceRegion> regions) {
        Hdf hdf = Hdf.open(source);
        for (String name : hdf.children(GROUP).stream().sorted().toList()) {
            String path = GROUP + "/" + name;
            double[] color = hdf.numbers(path + "/color");
            if (color.length != 3) {
                throw hdf.failure(path + "/color", "expected three parts, got " + color.length);
            }
            for (int i = 0; i < 3; i++) {
                color[i] /= COLOR_STEPS;
            }
            double[] stored = triples(hdf, path + "/faces");
            long[] faces = new long[stored.length];
            for (int i = 0; i < faces.length; i++) {
                faces[i] = (long) stored[i] - 1;
                if (stored[i] != Math.rint(stored[i])) {
                    throw hdf.failure(path + "/faces", "expected whole numbers from 1, got " + stored[i]);
                }
            }
            regions.add(region(
                    source, path, hdf.text(path + "/label", name), color, triples(hdf, path + "/vertices"), faces));
        }
        return hdf.text(BpsFormat.EXTENSION, "");
    }

    private static double[] triples(Hdf hdf, String path) {
        HdfArray array = hdf.array(path);
        if (array.size() % 3 != 0 || (array.size() > 0 && array.shape().getLast() != 3)) {
            throw hdf.failure(path, "expected (n, 3) numbers, got shape " + array.shape());
        }
        return hdf.numbers(path);
    }

    private static SurfaceRegion region(
            ByteSource source, String where, String label, double[] color, double[] vertices, long[] faces) {
        int[] indices = new int[faces.length];
        try {
            for (int i = 0; i < faces.length; i++) {
                indices[i] = Math.toIntExact(faces[i]);
            }
            return new SurfaceRegion(
                    label, new SurfaceRegion.Color(step(color[0]), step(color[1]), step(color[2])), vertices, indices);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FusFormatException(
                    source.name(), where, e.getMessage() + "; the file may be damaged: copy it again", e);
        }
    }

    private static double step(double part) {
        double stepped = Math.rint(part * COLOR_STEPS) / COLOR_STEPS;
        return Math.abs(stepped - part) <= COLOR_TOLERANCE ? stepped : part;
    }
}
