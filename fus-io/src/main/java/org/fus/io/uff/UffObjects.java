package org.fus.io.uff;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.probe.Probe;
import org.fus.io.content.SampleType;
import org.fus.io.internal.hdf.HdfData;
import org.fus.io.internal.hdf.HdfGroup;

/** Objects and properties as USTB writes them: every node says its class and name, numbers are of single precision. */
final class UffObjects {
    private static final int BLOCK_VALUES = 1 << 16;

    private UffObjects() {}

    static HdfGroup object(HdfGroup parent, String name, String type) {
        return array(parent, name, type, 1);
    }

    /** A group for n objects; with one it is the object itself. */
    static HdfGroup array(HdfGroup parent, String name, String type, int n) {
        return parent.group(name)
                .attribute("class", type)
                .attribute("name", name)
                .attribute("array", n == 1 ? 0 : 1)
                .attribute("size", 1, n);
    }

    static void scalar(HdfGroup parent, String name, double value) {
        real(parent.floats(name, new double[] {value}, 1, 1), name, "double");
    }

    static void row(HdfGroup parent, String name, double[] values) {
        real(parent.floats(name, values, 1, values.length), name, "double");
    }

    static void code(HdfGroup parent, String name, String type, int code) {
        parent.floats(name, new double[] {code}, 1, 1).attribute("class", type).attribute("name", name);
    }

    static void data(HdfGroup parent, String name, List<Long> shape, HdfGroup.Values values) {
        real(parent.data(name, SampleType.FLOAT32, shape, values), name, "single");
    }

    static void complex(HdfGroup parent, String name, List<Long> shape, HdfGroup.Values re, HdfGroup.Values im) {
        HdfGroup group = parent.group(name)
                .attribute("class", "single")
                .attribute("name", name)
                .attribute("complex", 1);
        group.data("real", SampleType.FLOAT32, shape, re)
                .attribute("class", "single")
                .attribute("name", "real")
                .attribute("imaginary", 0);
        group.data("imag", SampleType.FLOAT32, shape, im)
                .attribute("class", "single")
                .attribute("name", "imag")
                .attribute("imaginary", 1);
    }

    /** A text as the codes of its UTF-16 characters. */
    static void characters(HdfGroup parent, String name, String text) {
        parent.data(name, SampleType.UINT16, List.of((long) text.length(), 1L), out -> {
                    ByteBuffer b =
                            ByteBuffer.allocate(text.length() * Character.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                    text.chars().forEach(c -> b.putShort((short) c));
                    out.write(b.array());
                })
                .attribute("class", "char")
                .attribute("name", name);
    }

    static void probe(HdfGroup parent, Probe probe) {
        boolean linear = probe.type() == Probe.Type.LINEAR;
        HdfGroup p = object(parent, "probe", linear ? "uff.linear_array" : "uff.probe");
        double[] rows = UffProbes.rows(probe);
        real(p.floats("geometry", rows, 7, probe.elements()), "geometry", "double");
        if (linear) {
            scalar(p, "N", probe.elements());
            scalar(p, "pitch", probe.pitchM());
            scalar(p, "element_width", probe.elementWidthM());
            if (Double.isFinite(probe.elevationApertureM())) {
                scalar(p, "element_height", probe.elevationApertureM());
            }
        }
    }

    static void scan(HdfGroup parent, PixelGrid g) {
        HdfGroup scan = object(parent, "scan", g.ny() == 1 ? "uff.linear_scan" : "uff.linear_3D_scan");
        double[] x = new double[g.size()];
        double[] y = new double[g.size()];
        double[] z = new double[g.size()];
        for (int i = 0; i < g.size(); i++) {
            x[i] = g.xM(i / g.nz() / g.ny());
            y[i] = g.yM(i / g.nz() % g.ny());
            z[i] = g.zM(i % g.nz());
        }
        row(scan, "x", x);
        row(scan, "y", y);
        row(scan, "z", z);
        row(scan, "x_axis", IntStream.range(0, g.nx()).mapToDouble(g::xM).toArray());
        row(scan, "z_axis", IntStream.range(0, g.nz()).mapToDouble(g::zM).toArray());
        if (g.ny() > 1) {
            row(scan, "y_axis", IntStream.range(0, g.ny()).mapToDouble(g::yM).toArray());
        }
    }

    /** Every step-th value from a first one. */
    static void write(OutputStream out, float[] values, int first, int step) throws IOException {
        ByteBuffer b = ByteBuffer.allocate(BLOCK_VALUES * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = first; i < values.length; i += step) {
            b.putFloat(values[i]);
            if (!b.hasRemaining()) {
                out.write(b.array());
                b.clear();
            }
        }
        out.write(b.array(), 0, b.position());
    }

    private static void real(HdfData data, String name, String type) {
        data.attribute("class", type)
                .attribute("name", name)
                .attribute("imaginary", 0)
                .attribute("complex", 0);
    }
}
