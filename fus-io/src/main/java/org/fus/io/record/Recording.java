package org.fus.io.record;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.RfBlock;
import org.fus.core.error.FusFormatException;
import org.fus.io.info.Sidecar;
import org.fus.io.source.ByteFolder;
import org.fus.io.source.PathFolder;
import org.fus.io.zarr.ZarrArray;
import org.fus.io.zarr.ZarrGroup;

/**
 * A recording as it stands in its store, ended or not. Opening one that has not ended looks at every block: those whose
 * index and notes are whole are there, the others are named in {@link #warnings}. Frames are read in parts. Immutable; it
 * does not follow a recording that grows: open it again.
 */
public final class Recording {
    private final ByteFolder store;
    private final RecordingPlan plan;
    private final ZarrArray array;
    private final boolean complete;
    private final List<Long> numbers;
    private final int frames;
    private final List<String> warnings;

    private Recording(
            ByteFolder store,
            RecordingPlan plan,
            ZarrArray array,
            boolean complete,
            List<Long> numbers,
            int frames,
            List<String> warnings) {
        this.store = store;
        this.plan = plan;
        this.array = array;
        this.complete = complete;
        this.numbers = numbers;
        this.frames = frames;
        this.warnings = warnings;
    }

    /**
     * Tells whether a group is a recording.
     *
     * @param group the root of a store
     * @return true when it says so
     */
    public static boolean is(ZarrGroup group) {
        return group.attributes().get(RecordingLayout.RECORDING) instanceof Map<?, ?>;
    }

    /**
     * Opens a recording.
     *
     * @param folder of the store
     * @return the recording
     * @throws FusFormatException when it is none, or its metadata are damaged
     * @throws org.fus.core.error.FusStorageException when it cannot be read
     */
    public static Recording open(Path folder) {
        return open(PathFolder.of(folder));
    }

    /**
     * Opens a recording.
     *
     * @param store where it is
     * @return the recording
     * @throws FusFormatException as {@link #open(Path)}
     * @throws org.fus.core.error.FusStorageException as {@link #open(Path)}
     */
    public static Recording open(ByteFolder store) {
        ZarrGroup root = ZarrGroup.open(store, "");
        if (!is(root)) {
            throw new FusFormatException(
                    store.name(),
                    "attributes",
                    "expected the entry recording, which every recording has; open it as Zarr");
        }
        Fields state = new Fields(store.name(), (Map<?, ?>) root.attributes().get(RecordingLayout.RECORDING));
        state.requireSchema();
        if (!(root.attributes().get(RecordingLayout.DESCRIPTION) instanceof Map<?, ?> described)) {
            throw new FusFormatException(
                    store.name(), "attributes", "expected the entry fus, the description; the metadata may be damaged");
        }
        Sidecar description = Sidecar.of(store.name(), described);
        ZarrArray array = root.array(RecordingLayout.DATA);
        RecordingPlan plan = plan(store.name(), description, state);
        List<Long> shape = array.metadata().shape();
        if (!array.metadata().equals(plan.array(shape.isEmpty() ? 0 : shape.getFirst()))) {
            throw new FusFormatException(
                    store.name(),
                    "data",
                    "the array does not agree with the description of the recording; restore both");
        }
        List<String> warnings = new ArrayList<>(description.warnings());
        if (state.text("state").equals("complete")) {
            int frames = Math.toIntExact(array.metadata().shape().getFirst());
            List<Long> numbers = new ArrayList<>();
            for (long n = 0; n * plan.framesPerBlock() < frames; n++) {
                numbers.add(n);
            }
            numbers.removeAll(state.list("missing"));
            state.list("damaged").forEach(d -> warnings.add(String.valueOf(d)));
            return new Recording(store, plan, array, true, List.copyOf(numbers), frames, List.copyOf(warnings));
        }
        Map<Long, RecordedBlock> found = found(store, plan, array, warnings);
        warnings.add("the recording was not ended: " + found.size() + " of " + plan.blocks()
                + " planned blocks are there; fus repair ends it");
        int frames = 0;
        if (!found.isEmpty()) {
            RecordedBlock last =
                    found.get(found.keySet().stream().max(Long::compare).orElseThrow());
            frames = Math.toIntExact(last.number() * plan.framesPerBlock() + last.frames());
        }
        return new Recording(store, plan, array, false, List.copyOf(found.keySet()), frames, List.copyOf(warnings));
    }

    /**
     * What was to be recorded.
     *
     * @return content, planned frames, frames per block, metadata, provenance
     */
    public RecordingPlan plan() {
        return plan;
    }

    /**
     * Whether the recording was ended.
     *
     * @return false while it goes on, and after a crash
     */
    public boolean complete() {
        return complete;
    }

    /**
     * The numbers of the blocks that are there.
     *
     * @return ascending
     */
    public List<Long> blockNumbers() {
        return numbers;
    }

    /**
     * Reads what belongs to a block.
     *
     * @param number one of {@link #blockNumbers}
     * @return frames, times, pose, events
     * @throws FusFormatException when the block is missing or its notes are damaged
     */
    public RecordedBlock block(long number) {
        return BlockFile.readNotes(
                array.chunk(RecordingLayout.place(plan, number))
                        .orElseThrow(() -> new FusFormatException(
                                store.name(), "block " + number, "the block is missing; copy the recording again")),
                number);
    }

    /**
     * The frames from the first to the last that is there. Frames of a block that is missing in between read as 0.
     *
     * @return at least 0
     */
    public int frames() {
        return frames;
    }

    /**
     * What a reader should know.
     *
     * @return in words
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * When the frames were taken.
     *
     * @return seconds since the start of the acquisition, NaN where it is not known; one per frame
     */
    public double[] timesS() {
        double[] times = new double[frames];
        Arrays.fill(times, Double.NaN);
        for (long number : numbers) {
            RecordedBlock block = block(number);
            for (int f = 0; f < block.frames(); f++) {
                times[Math.toIntExact(number * plan.framesPerBlock()) + f] = RecordingLayout.timeS(plan, block, f);
            }
        }
        return times;
    }

    /**
     * Reads raw samples.
     *
     * @param first first frame, from 0
     * @param count number of frames, at least 1
     * @return a block in memory that lives as long as it is used
     * @throws IllegalStateException when the recording holds something else
     * @throws FusFormatException when a chunk is damaged
     */
    public RfBlock rf(int first, int count) {
        if (!(plan.content() instanceof RecordedContent.Rf rf)) {
            throw wrongKind("RF");
        }
        ByteBuffer values = values(first, count);
        MemorySegment samples = Arena.ofAuto().allocate(values.remaining(), 64);
        samples.asByteBuffer().order(ByteOrder.nativeOrder()).asShortBuffer().put(values.asShortBuffer());
        return RfBlock.wrap(rf.format(), first, count, samples);
    }

    /**
     * Reads beamformed frames.
     *
     * @param first first frame, from 0
     * @param count number of frames, at least 1
     * @return the frames
     * @throws IllegalStateException when the recording holds something else
     * @throws FusFormatException when a chunk is damaged
     */
    public IqEnsemble iq(int first, int count) {
        if (!(plan.content() instanceof RecordedContent.Iq iq)) {
            throw wrongKind("IQ frames");
        }
        return IqEnsemble.copyOf(iq.grid(), iq.timing(), floats(first, count), plan.provenance());
    }

    /**
     * Reads Doppler maps.
     *
     * @param first first map, from 0
     * @param count number of maps, at least 1
     * @return the maps
     * @throws IllegalStateException when the recording holds something else
     * @throws FusFormatException when a chunk is damaged
     */
    public List<DopplerFrame> maps(int first, int count) {
        if (!(plan.content() instanceof RecordedContent.Doppler d)) {
            throw wrongKind("Doppler maps");
        }
        List<DopplerFrame> maps = new ArrayList<>(count);
        for (float[] values : floats(first, count)) {
            maps.add(DopplerFrame.wrap(d.quantity(), d.grid(), values, plan.provenance()));
        }
        return maps;
    }

    /**
     * Reads every block and compares every checksum.
     *
     * @return what is wrong, in words, one entry per problem; empty when all blocks are whole
     */
    public List<String> verify() {
        List<String> problems = new ArrayList<>();
        for (long number : numbers) {
            try {
                block(number);
                problems.addAll(array.verifyChunk(RecordingLayout.place(plan, number)));
            } catch (FusFormatException e) {
                problems.add(e.getMessage());
            }
        }
        return problems;
    }

    /** The array that holds the frames. */
    ZarrArray array() {
        return array;
    }

    private float[][] floats(int first, int count) {
        ByteBuffer values = values(first, count);
        float[][] out = new float[count][values.remaining() / Float.BYTES / count];
        for (float[] frame : out) {
            values.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(frame);
            values.position(values.position() + Float.BYTES * frame.length);
        }
        return out;
    }

    private ByteBuffer values(int first, int count) {
        Objects.checkFromIndexSize(first, count, frames);
        if (count < 1) {
            throw new IllegalArgumentException("0 frames, expected at least 1");
        }
        long[] start = new long[1 + plan.content().frameShape().size()];
        int[] box = plan.content().blockShape(count).stream()
                .mapToInt(Integer::intValue)
                .toArray();
        start[0] = first;
        return ByteBuffer.wrap(array.read(start, box)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private IllegalStateException wrongKind(String asked) {
        return new IllegalStateException(store.name() + " holds " + plan.content() + ", not " + asked);
    }

    private static RecordingPlan plan(String file, Sidecar description, Fields state) {
        try {
            return new RecordingPlan(
                    RecordedContent.read(description),
                    state.whole("plannedFrames"),
                    state.whole("framesPerBlock"),
                    description.metadata(),
                    description.provenance());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FusFormatException(file, "attributes", e.getMessage() + "; the metadata may be damaged", e);
        }
    }

    /** The blocks of a recording that has not ended, as their files tell them. */
    private static Map<Long, RecordedBlock> found(
            ByteFolder store, RecordingPlan plan, ZarrArray array, List<String> warnings) {
        Map<Long, RecordedBlock> blocks = new TreeMap<>();
        for (String name :
                store.folder(RecordingLayout.DATA).map(ByteFolder::names).orElse(List.of())) {
            long number = RecordingLayout.number(plan, name);
            if (number < 0) {
                continue;
            }
            try {
                array.requireIndex(RecordingLayout.place(plan, number));
                blocks.put(
                        number,
                        BlockFile.readNotes(
                                array.chunk(RecordingLayout.place(plan, number)).orElseThrow(), number));
            } catch (FusFormatException e) {
                warnings.add("block " + number + " is damaged: " + e.getMessage());
            }
        }
        return blocks;
    }

    /** The attribute that tells the state, read with types. */
    private record Fields(String file, Map<?, ?> values) {
        void requireSchema() {
            if (!text("schema").equals(RecordingLayout.SCHEMA)) {
                throw failure("schema", RecordingLayout.SCHEMA);
            }
        }

        String text(String name) {
            if (values.get(name) instanceof String s) {
                return s;
            }
            throw failure(name, "a text");
        }

        int whole(String name) {
            if (values.get(name) instanceof Long n && n >= 0 && n <= Integer.MAX_VALUE) {
                return n.intValue();
            }
            throw failure(name, "a whole number");
        }

        List<?> list(String name) {
            if (values.get(name) instanceof List<?> list) {
                return list;
            }
            throw failure(name, "a list");
        }

        private FusFormatException failure(String name, String expected) {
            return new FusFormatException(
                    file,
                    "attributes: recording." + name,
                    "expected " + expected + ", got " + values.get(name) + "; the metadata may be damaged");
        }
    }
}
