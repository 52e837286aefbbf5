package org.fus.io.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fus.io.content.SampleType;
import org.fus.io.zarr.ChunkKeys;
import org.fus.io.zarr.FolderStore;
import org.fus.io.zarr.ZarrArray;
import org.fus.io.zarr.ZarrGroup;
import org.fus.io.zarr.ZarrMetadata;

/** Where things are in the store of a recording. */
final class RecordingLayout {
    /** Version of the layout, in the entry {@code schema} of the attribute {@code recording}. */
    static final String SCHEMA = "fus-recording/1";

    static final String DATA = "data";
    static final String TIMES = "frame_time_s";
    static final String FIRST_FRAMES = "block_first_frame";
    static final String POSES = "block_probe_to_lab";

    /** Attribute with the description in the schema of {@code fus info --json}. */
    static final String DESCRIPTION = "fus";

    /** Attribute with the state of the recording. */
    static final String RECORDING = "recording";

    private RecordingLayout() {}

    static int chunkBytes(RecordingPlan plan) {
        return plan.chunkShape().stream().reduce(plan.content().type().bytes(), Math::multiplyExact);
    }

    static int chunksPerBlock(RecordingPlan plan) {
        return Math.toIntExact(plan.content().frameBytes() * plan.framesPerBlock() / chunkBytes(plan));
    }

    /** The inner chunks that some frames fill, the last of them perhaps in part. */
    static int storedChunks(RecordingPlan plan, int frames) {
        int chunk = chunkBytes(plan);
        return Math.toIntExact((plan.content().frameBytes() * frames + chunk - 1) / chunk);
    }

    /** The place of a block in the grid of the array. */
    static long[] place(RecordingPlan plan, long block) {
        long[] place = new long[1 + plan.content().frameShape().size()];
        place[0] = block;
        return place;
    }

    /** The number of a block by its name in the folder, or -1 when the name is not that of a block of the plan. */
    static long number(RecordingPlan plan, String name) {
        String[] parts = name.split("\\.", 3);
        if (parts.length < 3 || !parts[1].matches("\\d{1,10}")) {
            return -1;
        }
        long number = Long.parseLong(parts[1]);
        return number < plan.blocks() && name.equals(ChunkKeys.FLAT.key(place(plan, number))) ? number : -1;
    }

    /** What {@link #writeStart} makes, files before folders. */
    static List<Path> startFiles(Path folder) {
        Path data = folder.resolve(DATA);
        return List.of(data.resolve("zarr.json"), data, folder.resolve("zarr.json"), folder);
    }

    /** The metadata as they stand until the recording ends: the length is the planned one, and frames to come read as 0. */
    static void writeStart(FolderStore store, RecordingPlan plan) {
        ZarrArray.create(store, DATA, plan.array(plan.frames()));
        ZarrGroup.create(store, "", attributes(plan, plan.frames(), Map.of("state", "recording")));
    }

    /**
     * The metadata of a recording that has ended. The last step says so; before it the recording is as after a crash.
     *
     * @param damaged blocks that are lost, in words
     */
    static void writeEnd(FolderStore store, RecordingPlan plan, List<RecordedBlock> blocks, List<String> damaged) {
        Map<Long, RecordedBlock> byNumber = new TreeMap<>();
        blocks.forEach(b -> byNumber.put(b.number(), b));
        int count = blocks.isEmpty() ? 0 : Math.toIntExact(blocks.getLast().number() + 1);
        int frames = blocks.isEmpty()
                ? 0
                : Math.addExact(
                        (count - 1) * plan.framesPerBlock(), blocks.getLast().frames());
        double[] times = new double[frames];
        double[] poses = new double[16 * count];
        long[] first = new long[count];
        Arrays.fill(times, Double.NaN);
        Arrays.fill(poses, Double.NaN);
        Arrays.fill(first, -1);
        List<Map<String, Object>> events = new ArrayList<>();
        byNumber.forEach((number, block) -> {
            int b = number.intValue();
            first[b] = block.firstFrame();
            for (int f = 0; f < block.frames(); f++) {
                times[b * plan.framesPerBlock() + f] = timeS(plan, block, f);
            }
            block.notes().probeToLab().ifPresent(p -> System.arraycopy(p.toRowMajor(), 0, poses, 16 * b, 16));
            block.notes().events().forEach(e -> {
                Map<String, Object> event = new LinkedHashMap<>();
                event.put("block", number);
                event.put("timeS", e.timeS());
                event.put("label", e.label());
                events.add(event);
            });
        });
        write(store, TIMES, SampleType.FLOAT64, doubles(times), List.of((long) frames), "frame");
        write(store, FIRST_FRAMES, SampleType.INT64, longs(first), List.of((long) count), "block");
        write(
                store,
                POSES,
                SampleType.FLOAT64,
                doubles(poses),
                List.of((long) count, 4L, 4L),
                "block",
                "row",
                "column");
        ZarrArray.create(store, DATA, plan.array(frames));
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("state", "complete");
        state.put("events", events);
        List<Long> missing = new ArrayList<>();
        for (long n = 0; n < count; n++) {
            if (!byNumber.containsKey(n)) {
                missing.add(n);
            }
        }
        state.put("missing", missing);
        state.put("damaged", damaged);
        ZarrGroup.create(store, "", attributes(plan, frames, state));
    }

    static double timeS(RecordingPlan plan, RecordedBlock block, int frame) {
        List<Double> times = block.notes().timesS();
        return times.isEmpty() ? (block.firstFrame() + frame) * plan.content().frameIntervalS() : times.get(frame);
    }

    private static Map<String, Object> attributes(RecordingPlan plan, int frames, Map<String, Object> state) {
        Map<String, Object> description =
                Described.of(plan.content(), frames, plan.framesPerBlock(), plan.provenance());
        description.put("metadata", plan.metadata());
        Map<String, Object> recording = new LinkedHashMap<>();
        recording.put("schema", SCHEMA);
        recording.put("plannedFrames", (long) plan.frames());
        recording.put("framesPerBlock", (long) plan.framesPerBlock());
        recording.putAll(state);
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put(DESCRIPTION, description);
        attributes.put(RECORDING, recording);
        return attributes;
    }

    /** An array of one chunk; without values there is none. */
    private static void write(
            FolderStore store, String name, SampleType type, byte[] values, List<Long> shape, String... axes) {
        List<Integer> chunk =
                shape.stream().map(n -> Math.max(1, Math.toIntExact(n))).toList();
        ZarrArray array = ZarrArray.create(
                store, name, ZarrMetadata.of(type, shape, chunk).withDimensionNames(axes));
        if (values.length > 0) {
            array.write(
                    new long[shape.size()],
                    shape.stream().mapToInt(Math::toIntExact).toArray(),
                    values);
        }
    }

    private static byte[] doubles(double[] values) {
        ByteBuffer out =
                ByteBuffer.allocate(Math.multiplyExact(8, values.length)).order(ByteOrder.LITTLE_ENDIAN);
        out.asDoubleBuffer().put(values);
        return out.array();
    }

    private static byte[] longs(long[] values) {
        ByteBuffer out =
                ByteBuffer.allocate(Math.multiplyExact(8, values.length)).order(ByteOrder.LITTLE_ENDIAN);
        out.asLongBuffer().put(values);
        return out.array();
    }
}
