package org.fus.io.npy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.core.error.FusException;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.io.content.Content;
import org.fus.io.content.FileFormat;
import org.fus.io.content.FileHead;
import org.fus.io.content.OpenOptions;
import org.fus.io.content.Origin;
import org.fus.io.content.StoredArray;
import org.fus.io.info.Sidecar;
import org.fus.io.source.ByteSource;

/**
 * Reads archives of NumPy arrays. One that the SDK wrote has the entries {@code values.npy} and {@code description.json}
 * and is what it was. Of any other the largest array is the content, small ones become metadata by name, and the rest is
 * named in a warning; {@link #arrays} gives them all.
 */
public final class NpzFormat implements FileFormat {
    static final String NAME = "NumPy archive";
    static final String VALUES = "values.npy";
    static final String DESCRIPTION = "description.json";

    /** Arrays of at most so many numbers become metadata. */
    private static final long SMALL = 4096;

    /** Makes the reader. */
    public NpzFormat() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(".npz");
    }

    @Override
    public boolean recognises(FileHead head) {
        return head.hasExtension(".npz") && (head.startsWith("PK\u0003\u0004") || head.startsWith("PK\u0005\u0006"));
    }

    @Override
    public String integrity(FileHead head) {
        return "the lengths of all entries agree; the checksum (crc32) of a packed entry was compared when the file was"
                + " opened, that of a stored one is when its last value is read";
    }

    @Override
    public String verified(FileHead head) {
        return "all values were read; the checksum (crc32) of each of their entries was compared and is right";
    }

    @Override
    public Content open(ByteSource source, OpenOptions options) {
        ZipEntries zip = ZipEntries.read(source);
        if (zip.names().contains(VALUES) && zip.names().contains(DESCRIPTION)) {
            return NpyFormat.described(zip.open(VALUES), Sidecar.read(zip.open(DESCRIPTION)), NAME, source.name());
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        List<String> warnings = new ArrayList<>();
        Map<String, StoredArray> arrays = arrays(source, zip, warnings);
        String largest = arrays.entrySet().stream()
                .max(Comparator.comparingLong(e -> e.getValue().size()))
                .map(Map.Entry::getKey)
                .orElseThrow(() -> new FusFormatException(
                        source.name(), "directory", "expected at least one array of numbers, got " + zip.names()));
        metadata.put("array", largest);
        arrays.forEach((name, array) -> {
            if (!name.equals(largest) && array.size() <= SMALL && array.type().parts() == 1) {
                List<Double> values = Arrays.stream(array.doubles(0, (int) array.size()))
                        .boxed()
                        .toList();
                metadata.put(name, values.size() == 1 ? values.getFirst() : values);
            } else if (!name.equals(largest)) {
                warnings.add(
                        "array '" + name + "' of shape " + array.shape() + " was left out; NpzFormat.arrays has it");
            }
        });
        StoredArray content = arrays.get(largest);
        return new Content.Array(new Origin(source.name(), NAME, content.type().label(), metadata, warnings), content);
    }

    /**
     * All arrays of an archive.
     *
     * @param source the archive
     * @return by name, in the order of the archive; those of other things than numbers are left out
     * @throws FusFormatException when the archive is damaged
     */
    public static Map<String, StoredArray> arrays(ByteSource source) {
        return arrays(source, ZipEntries.read(source), new ArrayList<>());
    }

    private static Map<String, StoredArray> arrays(ByteSource source, ZipEntries zip, List<String> warnings) {
        Map<String, StoredArray> out = new LinkedHashMap<>();
        for (String name : zip.names()) {
            if (!name.endsWith(".npy")) {
                warnings.add("entry '" + name + "' is no array and was left out");
                continue;
            }
            try {
                ByteSource entry = zip.open(name);
                out.put(name.substring(0, name.length() - 4), NpyFormat.array(entry, NpyHeader.read(entry)));
            } catch (FusUnsupportedFormatException e) {
                warnings.add("entry '" + name + "' was left out: " + e.getMessage());
            } catch (FusException e) {
                throw new FusFormatException(source.name(), name, String.valueOf(e.getMessage()), e);
            }
        }
        return out;
    }
}
