package org.fus.io.scan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusFormatException;
import org.fus.io.content.Content;
import org.fus.io.source.ByteSource;

/**
 * The journal that stands next to a {@code .scan} while it grows: which volumes are durable, when they were taken, and a
 * checksum of each, which the format itself has no place for. One line per entry: JSON, a tab, the crc32c of the JSON in
 * hexadecimal. The first line says which scan it belongs to. A line that is cut or damaged ends the journal.
 *
 * @param planned volumes that the scan has room for
 * @param headerChecksum crc32c of the header of the scan, without the measured times
 * @param entries the durable volumes, in order
 */
record ScanJournal(int planned, int headerChecksum, List<Entry> entries) {
    /** Appended to the name of the scan. */
    static final String SUFFIX = ".journal";

    private static final String SCHEMA = "fus-scan-journal/1";
    private static final long MAX_BYTES = 256L << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A durable volume.
     *
     * @param timesS end of the integration of each slice, {@code [pose][y]}
     * @param checksum crc32c of its voxels, {@code [extra][pose][z][y][x]}
     */
    record Entry(List<Double> timesS, int checksum) {}

    ScanJournal {
        entries = List.copyOf(entries);
    }

    /** Reads the journal of a scan, when there is one and it belongs to the scan as it stands. */
    static Optional<ScanJournal> of(ByteSource scan, ScanHeader header) {
        return scan.neighbour(SUFFIX)
                .map(ScanJournal::read)
                .filter(j -> j.planned == header.shape().times()
                        && j.headerChecksum == headerChecksum(scan, header.shape(), header.dataOffset()));
    }

    /** A scan that grows or was not ended, as the series of its durable volumes; one without any stays as it stands. */
    static Content.Series recorded(ByteSource scan, ScanHeader header, Content.Series planned) {
        ScanJournal journal = of(scan, header).orElse(null);
        if (journal == null || journal.entries().size() >= journal.planned()) {
            return planned;
        }
        int n = journal.entries().size();
        String warning = "the scan was not ended: " + n + " of " + journal.planned() + " planned volumes are there; "
                + (n == 0 ? "all values are 0" : "fus repair ends it");
        Content.Series warned = planned.withOrigin(planned.origin().warn(List.of(warning)));
        return n == 0 ? warned : new Content.Series(warned.origin(), first(planned.series(), journal.entries()));
    }

    private static FusSeries first(FusSeries series, List<Entry> entries) {
        FusSeries.Shape all = series.shape();
        int slices = all.poses() * all.ny();
        List<Double> sliceTimes = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.timesS().size() != slices) {
                throw new IllegalArgumentException(
                        "the journal has " + entry.timesS().size() + " times for a volume of " + slices + " slices");
            }
            sliceTimes.addAll(entry.timesS());
            times.add(Collections.max(entry.timesS()));
        }
        Map<String, Object> metadata = new LinkedHashMap<>(series.metadata());
        if (metadata.get("theoreticalTimeIndices") instanceof List<?> indices) {
            metadata.put("theoreticalTimeIndices", List.copyOf(indices.subList(0, slices * entries.size())));
        }
        return FusSeries.of(
                new FusSeries.Shape(all.extras(), all.poses(), entries.size(), all.nz(), all.ny(), all.nx()),
                series.geometry(),
                new FusSeries.Times(times, sliceTimes),
                metadata,
                series.provenance(),
                series::read);
    }

    static ScanJournal read(ByteSource source) {
        if (source.size() > MAX_BYTES) {
            throw new FusFormatException(
                    source.name(), "size", source.size() + " bytes, expected a journal of at most " + MAX_BYTES);
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) source.size());
        source.read(0, bytes);
        String text = new String(bytes.array(), StandardCharsets.UTF_8);
        List<JsonNode> lines = new ArrayList<>();
        int at = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
            Optional<JsonNode> line = parse(text.substring(at, end));
            if (line.isEmpty()) {
                break;
            }
            lines.add(line.get());
            at = end + 1;
        }
        if (lines.isEmpty() || !lines.getFirst().path("schema").asText("").equals(SCHEMA)) {
            throw new FusFormatException(
                    source.name(),
                    "line 1",
                    "expected the first line of a journal of schema " + SCHEMA + "; remove this file to read the scan"
                            + " with all volumes that were planned");
        }
        List<Entry> entries = new ArrayList<>();
        for (JsonNode line : lines.subList(1, lines.size())) {
            List<Double> times = new ArrayList<>();
            line.path("timesS").forEach(t -> times.add(t.asDouble()));
            entries.add(new Entry(times, line.path("crc32c").asInt()));
        }
        return new ScanJournal(
                lines.getFirst().path("plannedVolumes").asInt(),
                lines.getFirst().path("headerCrc32c").asInt(),
                entries);
    }

    static ByteBuffer firstLine(int planned, int headerChecksum) {
        ObjectNode line = JSON.createObjectNode();
        line.put("schema", SCHEMA).put("plannedVolumes", planned).put("headerCrc32c", headerChecksum);
        return line(line);
    }

    static ByteBuffer line(Entry entry) {
        ObjectNode line = JSON.createObjectNode();
        entry.timesS().forEach(line.putArray("timesS")::add);
        line.put("crc32c", entry.checksum());
        return line(line);
    }

    /** Where the measured times stand, {@code [time][pose][y]}: behind the sizes, the entries of dim6 and the steps. */
    static long timesOffset(FusSeries.Shape shape) {
        return 140 + 24L * shape.extras() + 6 * Double.BYTES;
    }

    /** The checksum of a header without the measured times, which change while a scan grows. */
    static int headerChecksum(ByteSource scan, FusSeries.Shape shape, long dataOffset) {
        ByteBuffer header = ByteBuffer.allocate(Math.toIntExact(dataOffset));
        scan.read(0, header);
        return headerChecksum(header.array(), shape);
    }

    static int headerChecksum(byte[] header, FusSeries.Shape shape) {
        int from = Math.toIntExact(timesOffset(shape));
        int to = Math.addExact(from, Math.toIntExact(8L * shape.times() * shape.poses() * shape.ny()));
        CRC32C crc = new CRC32C();
        crc.update(header, 0, from);
        crc.update(header, to, header.length - to);
        return (int) crc.getValue();
    }

    /** The checksum of voxels as they are stored. */
    static int checksum(double[] values) {
        CRC32C crc = new CRC32C();
        ByteBuffer block = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length; ) {
            block.clear();
            while (block.hasRemaining() && i < values.length) {
                block.putDouble(values[i++]);
            }
            crc.update(block.flip());
        }
        return (int) crc.getValue();
    }

    private static ByteBuffer line(ObjectNode json) {
        String text = json.toString();
        return ByteBuffer.wrap((text + "\t" + hex(text) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<JsonNode> parse(String line) {
        int tab = line.lastIndexOf('\t');
        if (tab < 0 || !hex(line.substring(0, tab)).equals(line.substring(tab + 1))) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(line.substring(0, tab)));
        } catch (JsonProcessingException e) {
            // It has its checksum and is no JSON: not a line that was written here.
            return Optional.empty();
        }
    }

    private static String hex(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", (int) crc.getValue());
    }
}
