package org.fus.io.scan;

import java.util.List;
import org.fus.core.error.FusUnsupportedException;
import org.fus.io.content.Content;
import org.fus.io.content.FileFormat;
import org.fus.io.content.FileHead;
import org.fus.io.content.OpenOptions;
import org.fus.io.source.ByteSource;

/** Recognises version 1, which is HDF5, and says that it is not read. */
public final class ScanV1Format implements FileFormat {
    /** Makes the reader. */
    public ScanV1Format() {}

    @Override
    public String name() {
        return "Iconeus scan v1 (HDF5)";
    }

    @Override
    public List<String> extensions() {
        return List.of(".scan");
    }

    @Override
    public boolean recognises(FileHead head) {
        return head.hasNode("acqMetaData");
    }

    @Override
    public Content open(ByteSource source, OpenOptions options) {
        throw new FusUnsupportedException(
                source.name() + ": " + name() + " is not supported (expected Iconeus scan v2, binary); convert it to "
                        + "version 2 with the vendor's software");
    }
}
