package org.fus.io.content;

import java.util.List;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.internal.hdf.HdfChecksums;
import org.fus.io.source.ByteSource;

/**
 * Reads one format. To add a format: implement this, name the class in
 * {@code META-INF/services/org.fus.io.content.FileFormat} of your jar, and give it a test that reads a sample and a test
 * that damages it. Implementations hold no state and have a public constructor without parameters.
 */
public interface FileFormat {
    /**
     * The name for people.
     *
     * @return such as {@code Iconeus scan v2}
     */
    String name();

    /**
     * The extensions of its files, which decide where the content fits several formats.
     *
     * @return lower case with the dot, such as {@code .scan}
     */
    List<String> extensions();

    /**
     * Tells by its content whether a file is of this format. A format without a mark of its own may ask for the name and
     * for neighbours.
     *
     * @param head what is at hand
     * @return true when {@link #open} should be tried
     */
    boolean recognises(FileHead head);

    /**
     * Opens a file: reads what describes it, not its values.
     *
     * @param source the bytes
     * @param options what the caller wants
     * @return its content, whose values are read as they are used
     * @throws org.fus.core.error.FusFormatException when the bytes are not what the format demands
     * @throws org.fus.core.error.FusUnsupportedFormatException when the format allows what this version does not read
     * @throws org.fus.core.error.FusStorageException when the bytes cannot be read
     */
    Content open(ByteSource source, OpenOptions options);

    /**
     * What is known of the soundness of a file of this format once it has been opened: what opening checked, and which
     * checksums there are.
     *
     * @param head what is at hand
     * @return in words, for {@link Origin#integrity}
     */
    default String integrity(FileHead head) {
        if (head.startsWith((byte) 0x1F, (byte) 0x8B)) {
            return "the head is sound; the checksum of gzip is verified when the last value is read";
        }
        if (head.isHdf5()) {
            return "the nodes that describe the data are sound; values are checked as they are read, against a"
                    + " checksum where the file has one (fletcher32)";
        }
        return "every length agrees with the size of the file; the format has no checksum";
    }

    /**
     * What is known once all values of a file were read, too: which checksums reading has compared.
     *
     * @param head what is at hand
     * @return in words, for {@link Origin#integrity}
     */
    default String verified(FileHead head) {
        if (head.startsWith((byte) 0x1F, (byte) 0x8B)) {
            return "all values were read; the checksum of gzip (crc32) was compared and is right";
        }
        if (head.isHdf5()) {
            HdfChecksums checksums = HdfChecksums.of(Hdf.open(head.source()));
            String sets = checksums.checked() + " of the " + checksums.all() + " data sets";
            return "all values were read; "
                    + (checksums.checked() == 0
                            ? "none of the " + checksums.all()
                                    + " data sets has a checksum (fletcher32), so that a changed"
                                    + " value is not noticed"
                            : sets
                                    + " have a checksum (fletcher32), which was compared and is right where it belongs"
                                    + " to values");
        }
        return "all values were read; the format has no checksum, so that a changed value is not noticed";
    }
}
