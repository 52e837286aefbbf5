package org.fus.io.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusStorageException;
import org.fus.core.geometry.Affine3;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.record.FailingDisk;
import org.fus.io.record.JournaledDisk;
import org.fus.io.source.Disk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StreamingScanTest {
    private static final int PLANNED = 30;
    private static final int RECORDED = 24;
    private static final int CUTS = 200;
    private static final FusSeries.Shape SHAPE = new FusSeries.Shape(2, 3, PLANNED, 4, 1, 5);

    @TempDir
    Path folder;

    private Path target;

    @BeforeEach
    void name() {
        target = folder.resolve("rat1.scan");
    }

    @Test
    void scan_endedEarly_isAPlainFileOfItsVolumes() throws Exception {
        record(target, Disk.local(), RECORDED).close();

        requireVolumes(target, RECORDED, RECORDED);
        assertThat(warnings(target)).isEmpty();
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactly("rat1.scan");
        }
    }

    @Test
    void scan_withAllPlannedVolumes_isEndedInPlace() {
        record(target, Disk.local(), PLANNED).close();

        requireVolumes(target, PLANNED, PLANNED);
        assertThat(StreamingScan.journal(target)).doesNotExist();
    }

    @Test
    void scan_thatGrows_isAtAnyMomentAFileOfAllPlannedVolumesForOtherReaders() throws Exception {
        StreamingScan scan = start(target, Disk.local());
        for (int t = 0; t < 3; t++) {
            scan.append(slices(t), values(t));
            requireVolumes(target, t + 1, t + 1);
        }
        assertThat(warnings(target)).anyMatch(w -> w.contains("3 of 30 planned volumes are there"));
        assertThat(ScanRepair.verify(target)).isEmpty();

        // Another reader does not know the journal.
        Path copy = Files.copy(target, folder.resolve("copy.scan"));
        FusSeries all = ((Content.Series) FusFiles.open(copy)).series();
        assertThat(all.shape()).isEqualTo(SHAPE);
        assertThat(all.read(1, 2, 2, 1)).isEqualTo(piece(1, 2, 2));
        assertThat(all.read(1, 2, 3, 1)).containsOnly(0);
        assertThat(all.times().sliceTimesS().subList(6, 9)).isEqualTo(slices(2));
    }

    @Test
    void verify_damagedVolume_isNamed() throws Exception {
        record(target, Disk.local(), 5);
        byte[] bytes = Files.readAllBytes(target);
        int voxels = 8 * 4 * 5;
        // Volume 3 of the second extra and third pose.
        int at = bytes.length - voxels * PLANNED + 3 * voxels + 11;
        bytes[at] ^= 1;
        Files.write(target, bytes);

        assertThat(ScanRepair.verify(target))
                .singleElement()
                .asString()
                .contains("volume 3 does not have the checksum");
    }

    @Test
    void journal_cutAnywhere_endsWithItsLastWholeLine() throws Exception {
        record(target, Disk.local(), 5);
        Path journal = StreamingScan.journal(target);
        byte[] whole = Files.readAllBytes(journal);
        int first = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
        for (int n = first; n < whole.length; n += 3) {
            Files.write(journal, java.util.Arrays.copyOf(whole, n));
            int lines = (int) new String(whole, 0, n, StandardCharsets.UTF_8)
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    - 1;
            if (lines > 0) {
                requireVolumes(target, lines, lines);
            }
        }
    }

    @Test
    void journal_ofAnotherScan_isIgnored() throws Exception {
        record(target, Disk.local(), 5);
        Path other = folder.resolve("other.scan");
        FusSeries series = FusSeries.of(
                SHAPE,
                plan().geometry(),
                new FusSeries.Times(java.util.Collections.nCopies(PLANNED, 1.0), List.of()),
                Map.of("subjectTag", "another"),
                org.fus.core.data.Provenance.none(),
                (extra, pose, first, count) -> new double[count * 20]);
        FusFiles.write(other, Content.of(series));
        Files.move(other, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(((Content.Series) FusFiles.open(target)).series().shape().times())
                .isEqualTo(PLANNED);
        assertThat(ScanRepair.repair(target)).isNotEmpty();
        assertThat(StreamingScan.journal(target)).doesNotExist();
        assertThat(((Content.Series) FusFiles.open(target)).series().metadata()).containsEntry("subjectTag", "another");
    }

    @ParameterizedTest
    @EnumSource(JournaledDisk.Unforced.class)
    void powerCut_atAnyOperation_losesNoAcknowledgedVolume(JournaledDisk.Unforced unforced) throws Exception {
        Path before = Files.createDirectory(folder.resolve("before"));
        JournaledDisk disk = new JournaledDisk(before);
        TreeMap<Integer, Integer> acknowledged = new TreeMap<>();
        StreamingScan scan = start(before.resolve("a.scan"), disk);
        acknowledged.put(disk.operations(), 0);
        for (int t = 0; t < RECORDED; t++) {
            scan.append(slices(t), values(t));
            acknowledged.put(disk.operations(), t + 1);
        }
        scan.close();
        assertThat(disk.operations()).isGreaterThanOrEqualTo(CUTS);
        Random random = new Random(9);
        for (int i = 0; i < CUTS; i++) {
            int cut = 1 + (int) ((long) i * disk.operations() / CUTS);
            Path after = folder.resolve("after" + i);
            disk.cut(cut, unforced, random, after);
            Path left = after.resolve("a.scan");
            if (acknowledged.floorEntry(cut) == null && !Files.exists(left)) {
                continue;
            }
            int durable = acknowledged.floorEntry(cut) == null
                    ? 0
                    : acknowledged.floorEntry(cut).getValue();
            requireVolumes(left, durable, PLANNED);
            assertThat(ScanRepair.verify(left)).isEmpty();
            ScanRepair.repair(left, new JournaledDisk(after));
            if (durable > 0) {
                requireVolumes(left, durable, RECORDED);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"No space left on device, true", "Input/output error, false"})
    void failure_atAnyOperation_isReportedAndLosesNoAcknowledgedVolume(String reason, boolean full) {
        FailingDisk whole = new FailingDisk(Integer.MAX_VALUE, reason, true);
        record(folder.resolve("whole.scan"), whole, 3).close();
        for (int at = 0; at < whole.operations(); at++) {
            Path name = folder.resolve("a" + at + ".scan");
            FailingDisk disk = new FailingDisk(at, reason, full);
            StreamingScan scan;
            try {
                scan = start(name, disk);
            } catch (FusStorageException e) {
                assertThat(e).hasMessageContaining(reason);
                continue;
            }
            for (int t = 0; t < 3; t++) {
                try {
                    scan.append(slices(t), values(t));
                } catch (FusStorageException e) {
                    assertThat(e).hasMessageContaining(reason);
                    // The volume may be there, when only the force of its line failed; it was not acknowledged.
                    if (t > 0) {
                        requireVolumes(name, t, t + 1);
                    }
                    disk.mend();
                    assertThat(scan.append(slices(t), values(t))).isEqualTo(t);
                }
            }
            try {
                scan.close();
            } catch (FusStorageException e) {
                assertThat(e).hasMessageContaining(reason);
                requireVolumes(name, 3, 3);
                disk.mend();
                scan.close();
            }
            requireVolumes(name, 3, 3);
            assertThat(StreamingScan.journal(name)).doesNotExist();
        }
    }

    @Test
    void wrongArguments_areRefusedBeforeAnyWork() throws Exception {
        assertThatThrownBy(() -> start(folder.resolve("none/a.scan"), Disk.local()))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("no such folder");
        StreamingScan scan = start(target, Disk.local());
        assertThatThrownBy(() -> start(target, Disk.local()))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("something of that name");
        assertThatThrownBy(() -> scan.append(List.of(1.0), new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 3 finite seconds")
                .hasMessageContaining("3 voxels, expected 120");
        scan.close();
        // A scan without volumes is deleted.
        assertThat(target).doesNotExist();
    }

    @Test
    void start_whatCannotFit_isRefusedBeforeAnythingIsWritten() throws Exception {
        FusSeries.Shape huge = new FusSeries.Shape(1, 1, 100_000, 10_000, 1, 20_000);
        StreamingScan.Plan plan = new StreamingScan.Plan(
                huge,
                new FusSeries.Geometry(
                        1e-4,
                        4e-4,
                        1e-4,
                        ScanHeader.voxelsToProbe(huge, 1e-4, 4e-4, 1e-4, 2e-3),
                        List.of(Affine3.identity())),
                0.4,
                Map.of());

        assertThatThrownBy(() -> StreamingScan.start(target, plan))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("planned volumes need 152587")
                .hasMessageContaining("free some space");
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    private static StreamingScan.Plan plan() {
        Affine3 voxels = ScanHeader.voxelsToProbe(SHAPE, 1e-4, 4e-4, 1e-4, 2e-3);
        return new StreamingScan.Plan(
                SHAPE,
                new FusSeries.Geometry(
                        1e-4,
                        4e-4,
                        1e-4,
                        voxels,
                        List.of(
                                Affine3.identity(),
                                Affine3.translation(0, 1e-3, 0),
                                Affine3.ofEulerXyz(0, 0, 0.1, 0, 2e-3, 0))),
                0.4,
                Map.of("subjectTag", "\u00b5-rat"));
    }

    private static StreamingScan start(Path target, Disk disk) {
        return StreamingScan.start(target, plan(), disk);
    }

    private static StreamingScan record(Path target, Disk disk, int volumes) {
        StreamingScan scan = start(target, disk);
        for (int t = 0; t < volumes; t++) {
            assertThat(scan.append(slices(t), values(t))).isEqualTo(t);
        }
        return scan;
    }

    private static List<Double> slices(int t) {
        return List.of(t + 0.1, t + 0.2, t + 0.35);
    }

    private static double[] values(int t) {
        double[] out = new double[6 * 20];
        for (int p = 0; p < 6; p++) {
            System.arraycopy(piece(p / 3, p % 3, t), 0, out, 20 * p, 20);
        }
        return out;
    }

    private static double[] piece(int extra, int pose, int t) {
        double[] out = new double[20];
        for (int i = 0; i < 20; i++) {
            out[i] = 1 + i + 100 * pose + 1000 * extra + 10_000 * t;
        }
        return out;
    }

    private static List<String> warnings(Path target) {
        return FusFiles.open(target).origin().warnings();
    }

    /** The file opens and holds at least the durable volumes, and those that were recorded have the recorded voxels. */
    private static void requireVolumes(Path target, int durable, int most) {
        FusSeries series = ((Content.Series) FusFiles.open(target)).series();
        int times = series.shape().times();
        assertThat(times).isBetween(durable, most);
        for (int t = 0; t < durable; t++) {
            for (int p = 0; p < 6; p++) {
                assertThat(series.read(p / 3, p % 3, t, 1)).isEqualTo(piece(p / 3, p % 3, t));
            }
            assertThat(series.times().timesS().get(t)).isEqualTo(t + 0.35);
        }
        assertThat(series.metadata()).containsEntry("subjectTag", "\u00b5-rat");
    }
}
