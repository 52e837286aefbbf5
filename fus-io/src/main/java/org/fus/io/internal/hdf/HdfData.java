package org.fus.io.internal.hdf;

/** A data set that is to be written, to which attributes can be added. Not thread-safe. */
public final class HdfData {
    private final HdfGroup.Leaf leaf;

    HdfData(HdfGroup.Leaf leaf) {
        this.leaf = leaf;
    }

    /** An attribute of one UTF-8 text. */
    public HdfData attribute(String name, String text) {
        leaf.attributes().put(HdfGroup.required(name), HdfGroup.text(text));
        return this;
    }

    /** An attribute of numbers: a scalar for one, a row for more. */
    public HdfData attribute(String name, double... values) {
        leaf.attributes().put(HdfGroup.required(name), HdfGroup.row(values));
        return this;
    }
}
