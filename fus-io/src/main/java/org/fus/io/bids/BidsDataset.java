package org.fus.io.bids;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusStorageException;
import org.fus.core.error.FusUnsupportedException;
import org.fus.io.content.Content;
import org.fus.io.content.WriteOptions;
import org.fus.io.nifti.BidsSidecars;
import org.fus.io.nifti.NiftiFormat;
import org.fus.io.nifti.NiftiWriter;
import org.fus.io.source.AtomicFile;
import org.fus.io.source.ByteFolder;
import org.fus.io.source.ByteSource;
import org.fus.io.source.Existing;
import org.fus.io.source.PathFolder;
import org.fus.io.source.PathSource;

/**
 * A data set on disk. Reading merges sidecars as BIDS inherits them: those at the root, of the subject and of the session
 * apply to every recording below whose name has all their entities, the nearer one wins. Not for several writers at once.
 */
public final class BidsDataset {
    private static final String DESCRIPTION = "dataset_description.json";
    private static final String PARTICIPANTS = "participants.tsv";
    private static final String BIDS_VERSION = "1.10.0";

    private final Path root;

    private BidsDataset(Path root) {
        this.root = root;
    }

    /**
     * Opens a data set.
     *
     * @param root its folder, which has a {@code dataset_description.json}
     * @return the data set
     * @throws FusStorageException when the folder is none
     */
    public static BidsDataset open(Path root) {
        if (!Files.isRegularFile(root.resolve(DESCRIPTION))) {
            throw new FusStorageException(
                    root.toString(),
                    "open",
                    "there is no " + DESCRIPTION + " in it; name the root of a data set",
                    false,
                    null);
        }
        return new BidsDataset(root);
    }

    /**
     * Makes a new, empty data set.
     *
     * @param root its folder; made when it is not there
     * @param name what people call it
     * @return the data set
     * @throws FusStorageException when there is a data set already, or the folder cannot be made
     */
    public static BidsDataset create(Path root, String name) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("Name", name);
        description.put("BIDSVersion", BIDS_VERSION);
        description.put("DatasetType", "raw");
        makeFolder(root);
        byte[] json = BidsSidecars.write(description);
        AtomicFile.write(root.resolve(DESCRIPTION), Existing.REFUSE, out -> out.write(json));
        return new BidsDataset(root);
    }

    /**
     * The recordings, by subject, session and name.
     *
     * @return names in order
     */
    public List<BidsName> recordings() {
        List<BidsName> out = new ArrayList<>();
        ByteFolder top = PathFolder.of(root);
        for (String subject : names(top, "sub-")) {
            ByteFolder folder = top.folder(subject).orElseThrow();
            collect(folder, out);
            for (String session : names(folder, "ses-")) {
                folder.folder(session).ifPresent(f -> collect(f, out));
            }
        }
        return out;
    }

    /**
     * Opens a recording with all the sidecars that apply to it.
     *
     * @param name which one
     * @return its content, whose volumes are read as they are used
     * @throws FusStorageException when there is no such recording
     */
    public Content read(BidsName name) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (ByteSource sidecar : inherited(name, "_pwd.json", "pwd.json")) {
            fields.putAll(BidsSidecars.read(sidecar));
        }
        return new NiftiFormat().open(image(name), fields);
    }

    /**
     * The events of a recording: its own table, or the nearest that applies to it.
     *
     * @param name which one
     * @return in the order of the table; empty when there is none
     */
    public List<BidsEvent> events(BidsName name) {
        List<ByteSource> tables = inherited(name, "_events.tsv", "events.tsv");
        return tables.isEmpty() ? List.of() : BidsTable.events(tables.getLast());
    }

    /**
     * Adds a recording. A series of several poses becomes one recording per pose, named by its number from 1.
     *
     * @param name its name; without a pose when the series has several
     * @param series what was recorded, of one extra
     * @param events may be empty
     * @param acquired when it started; nothing when not known
     * @return what could not be kept, in words
     * @throws FusStorageException when it exists already or cannot be written
     * @throws FusUnsupportedException when the series has several extras, or poses under a name with a pose
     */
    public List<String> write(BidsName name, FusSeries series, List<BidsEvent> events, Optional<Instant> acquired) {
        int poses = series.shape().poses();
        if (series.shape().extras() > 1 || (poses > 1 && !name.pose().isEmpty())) {
            throw new FusUnsupportedException(root + ": " + name.stem() + ": a recording holds one extra, and one pose "
                    + "when its name has one (got " + series.shape() + "); write its parts one by one");
        }
        makeFolder(root.resolve(name.folder()));
        List<String> lost = new ArrayList<>();
        for (int p = 0; p < poses; p++) {
            BidsName one = poses == 1
                    ? name
                    : new BidsName(
                            name.subject(), name.session(), name.task(), name.acquisition(), name.run(), "" + (p + 1));
            Path image = root.resolve(name.folder()).resolve(one.stem() + ".nii.gz");
            AtomicFile.require(image, Existing.REFUSE);
            lost.addAll(new NiftiWriter().write(image, Content.of(pose(series, p)), WriteOptions.DEFAULTS));
            addScan(one, acquired);
        }
        if (!events.isEmpty()) {
            Path table = root.resolve(name.folder()).resolve(name.withoutSuffix() + "_events.tsv");
            writeText(table, Existing.REPLACE, BidsTable.write(BidsTable.rows(events)));
        }
        addParticipant(name);
        return lost;
    }

    private static FusSeries pose(FusSeries s, int pose) {
        FusSeries.Shape shape = s.shape();
        if (shape.poses() == 1) {
            return s;
        }
        List<Double> slices = new ArrayList<>();
        List<Double> all = s.times().sliceTimesS();
        for (int t = 0; t < shape.times() && !all.isEmpty(); t++) {
            int first = (t * shape.poses() + pose) * shape.ny();
            slices.addAll(all.subList(first, first + shape.ny()));
        }
        FusSeries.Geometry g = s.geometry();
        return FusSeries.of(
                new FusSeries.Shape(1, 1, shape.times(), shape.nz(), shape.ny(), shape.nx()),
                new FusSeries.Geometry(
                        g.dxM(),
                        g.dyM(),
                        g.dzM(),
                        g.voxelsToProbe(),
                        List.of(g.probeToLab().get(pose))),
                new FusSeries.Times(s.times().timesS(), slices),
                s.metadata(),
                s.provenance(),
                (extra, p, first, count) -> s.read(0, pose, first, count));
    }

    private void addScan(BidsName name, Optional<Instant> acquired) {
        String sessionFolder = name.folder().replaceFirst("/[^/]+$", "");
        String stem = "sub-" + name.subject() + (name.session().isEmpty() ? "" : "_ses-" + name.session());
        Map<String, String> row = new LinkedHashMap<>();
        row.put("filename", name.folder().substring(sessionFolder.length() + 1) + "/" + name.stem() + ".nii.gz");
        row.put("acq_time", acquired.map(Instant::toString).orElse(BidsTable.UNKNOWN));
        addRow(root.resolve(sessionFolder).resolve(stem + "_scans.tsv"), "filename", row);
    }

    private void addParticipant(BidsName name) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("participant_id", "sub-" + name.subject());
        addRow(root.resolve(PARTICIPANTS), "participant_id", row);
    }

    /** Adds a row unless one of the same key is there. */
    private static void addRow(Path table, String key, Map<String, String> row) {
        List<Map<String, String>> rows = new ArrayList<>();
        if (Files.exists(table)) {
            rows.addAll(BidsTable.read(PathSource.of(table)));
        }
        if (rows.stream().noneMatch(r -> row.get(key).equals(r.get(key)))) {
            rows.add(row);
            writeText(table, Existing.REPLACE, BidsTable.write(rows));
        }
    }

    private ByteSource image(BidsName name) {
        ByteFolder top = PathFolder.of(root);
        for (String extension : List.of(".nii.gz", ".nii")) {
            Optional<ByteSource> image = top.folder(name.folder()).flatMap(f -> f.file(name.stem() + extension));
            if (image.isPresent()) {
                return image.get();
            }
        }
        throw new FusStorageException(
                root.resolve(name.folder()).resolve(name.stem() + ".nii.gz").toString(),
                "read",
                "there is no such recording; recordings() lists them",
                false,
                null);
    }

    /** Files that apply to a recording, from the root down, so that the last one is the nearest. */
    private List<ByteSource> inherited(BidsName name, String suffix, String bare) {
        List<ByteSource> out = new ArrayList<>();
        ByteFolder folder = PathFolder.of(root);
        String[] steps = name.folder().split("/", -1);
        for (int depth = 0; depth <= steps.length; depth++) {
            if (depth > 0) {
                Optional<ByteFolder> next = folder.folder(steps[depth - 1]);
                if (next.isEmpty()) {
                    break;
                }
                folder = next.get();
            }
            ByteFolder here = folder;
            here.names().stream()
                    .filter(n -> n.equals(bare) || (n.endsWith(suffix) && applies(n, suffix, name)))
                    .sorted(Comparator.comparingInt(String::length))
                    .forEach(n -> here.file(n).ifPresent(out::add));
        }
        return out;
    }

    /** Whether every entity of a file's name is one of the recording. */
    private static boolean applies(String file, String suffix, BidsName name) {
        List<String> entities = List.of(name.withoutSuffix().split("_", -1));
        String stem = file.substring(0, file.length() - suffix.length());
        return stem.isEmpty() || entities.containsAll(List.of(stem.split("_", -1)));
    }

    private static void collect(ByteFolder folder, List<BidsName> out) {
        for (String type : List.of("angio", "fusi")) {
            folder.folder(type)
                    .ifPresent(f -> f.names().stream()
                            .filter(n -> n.endsWith(".nii") || n.endsWith(".nii.gz"))
                            .flatMap(n -> BidsName.parse(n).stream())
                            .forEach(out::add));
        }
    }

    private static List<String> names(ByteFolder folder, String prefix) {
        return folder.names().stream()
                .filter(n -> n.startsWith(prefix) && folder.folder(n).isPresent())
                .toList();
    }

    private static void writeText(Path file, Existing existing, String text) {
        AtomicFile.write(file, existing, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new FusStorageException(folder.toString(), "make", String.valueOf(e.getMessage()), false, e);
        }
    }
}
