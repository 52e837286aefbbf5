package org.fus.io.npy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.fus.io.content.Content;
import org.fus.io.content.ContentWriter;
import org.fus.io.content.SampleType;
import org.fus.io.content.WriteOptions;
import org.fus.io.info.FileInfo;
import org.fus.io.source.AtomicFile;

/**
 * Writes an archive of two entries, deflated: {@code values.npy} as {@link NpyWriter} writes it, and its description
 * {@code description.json}. {@code numpy.load(file)["values"]} is the array.
 */
public final class NpzWriter implements ContentWriter {
    /** The earliest time that an entry can have; the same content gives the same bytes. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** Makes the writer. */
    public NpzWriter() {}

    @Override
    public String name() {
        return NpzFormat.NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(".npz");
    }

    @Override
    public boolean holds(Content content) {
        return new NpyWriter().holds(content);
    }

    @Override
    public String holding() {
        return new NpyWriter().holding();
    }

    @Override
    public List<String> write(Path target, Content content, WriteOptions options) {
        Content written = NpyWriter.stored(target, content);
        SampleType type = NpyWriter.type(written);
        List<Long> shape = NpyWriter.shape(written);
        byte[] json = (FileInfo.json(written) + "\n").getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(target, options.existing(), out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            entry(zip, NpzFormat.VALUES, values -> {
                values.write(NpyHeader.write(type, shape));
                NpyWriter.values(values, written, type);
            });
            entry(zip, NpzFormat.DESCRIPTION, description -> description.write(json));
            zip.finish();
        });
        return List.of();
    }

    private static void entry(ZipOutputStream zip, String name, AtomicFile.Body body) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        OutputStream out = zip;
        body.writeTo(out);
        zip.closeEntry();
    }
}
