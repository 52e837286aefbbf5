package org.fus.hardware.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.FusSeries;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.Vector3;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.Pipeline;
import org.fus.core.pipeline.Product;
import org.fus.core.run.RunContext;
import org.fus.hardware.trigger.Paradigm;
import org.fus.io.FusFiles;
import org.fus.io.bids.BidsDataset;
import org.fus.io.bids.BidsEvent;
import org.fus.io.bids.BidsName;
import org.fus.io.content.Content;
import org.fus.io.record.BlockNotes;
import org.fus.io.record.Recording;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A 3-D+t acquisition with motors and stimuli in real time, and what is found in its files. */
@Timeout(180)
class FunctionalSessionTest {
    private static final int CYCLES = 44;
    private static final Clutter CLUTTER = new Clutter.Svd(4);

    @TempDir
    static Path folder;

    private static SessionRig lab;
    private static SessionReport report;
    private static FusSeries series;
    private static List<BidsEvent> events;

    @BeforeAll
    static void acquire() {
        lab = new SessionRig();
        Paradigm shown = Paradigm.blocks(2, 1.5, 2.5, 5, "whiskers");
        SessionPlan plan = SessionPlan.of(SessionRig.plan(CYCLES))
                .withClutter(CLUTTER)
                .withStimulation(SessionPlan.Stimulation.on(
                        shown, lab.scanner.triggerLines().outputs()))
                .withName(BidsName.of("07", "whiskers"));
        report = lab.session(plan, folder.resolve("run")).run(RunContext.inline());
        series = ((Content.Series) FusFiles.open(folder.resolve("run/volumes.scan"))).series();
        events = BidsDataset.open(folder.resolve("run/bids")).events(BidsName.of("07", "whiskers"));
    }

    @AfterAll
    static void close() {
        lab.close();
    }

    private static List<List<String>> table(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> List.of(line.split("\t", -1)))
                .toList();
    }

    /** Time courses by voxel, {@code [voxel][time]}, and the middles of the integrations of their slices. */
    private static double[][] courses() {
        FusSeries.Shape shape = series.shape();
        int voxels = (int) shape.voxels();
        double[] all = series.read(0, 0, 0, shape.times());
        double[][] out = new double[voxels][shape.times()];
        for (int t = 0; t < shape.times(); t++) {
            for (int v = 0; v < voxels; v++) {
                out[v][t] = all[t * voxels + v];
            }
        }
        return out;
    }

    /** What the region did when a slice was taken, by the events of the data set. */
    private static double[] expected(int slice, double lagS) {
        double[] out = new double[series.shape().times()];
        for (int t = 0; t < out.length; t++) {
            double middleS = series.times().sliceTimesS().get(t * series.shape().ny() + slice) - 0.03;
            for (BidsEvent e : events) {
                out[t] += SessionRig.REGION.response().at(middleS - lagS - e.onsetS(), e.durationS());
            }
        }
        return out;
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = java.util.Arrays.stream(a).average().orElseThrow();
        double meanB = java.util.Arrays.stream(b).average().orElseThrow();
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return aa == 0 || bb == 0 ? 0 : ab / Math.sqrt(aa * bb);
    }

    private static Vector3 labOf(int voxel) {
        FusSeries.Shape s = series.shape();
        int row = voxel / s.nx();
        int y = row % s.ny();
        int z = row / s.ny();
        double[] at = series.geometry()
                .probeToLab()
                .getFirst()
                .after(series.geometry().voxelsToProbe())
                .apply(voxel % s.nx(), y, z);
        return new Vector3(at[0], at[1], at[2]);
    }

    /** Time courses relative to their means, each the mean over a Gaussian of the size of a response, as maps of fUS are smoothed. */
    private static double[][] smoothed(double[][] courses) {
        int voxels = courses.length;
        double[][] out = new double[voxels][courses[0].length];
        for (int v = 0; v < voxels; v++) {
            double sum = 0;
            for (int u = 0; u < voxels; u++) {
                double d = labOf(u).minus(labOf(v)).length();
                if (d > 1e-3) {
                    continue;
                }
                double w = Math.exp(-d * d / (2 * 0.4e-3 * 0.4e-3));
                double mean = java.util.Arrays.stream(courses[u]).average().orElseThrow();
                for (int t = 0; t < courses[u].length; t++) {
                    out[v][t] += w * courses[u][t] / mean;
                }
                sum += w;
            }
            for (int t = 0; t < out[v].length; t++) {
                out[v][t] /= sum;
            }
        }
        return out;
    }

    /** Relative change of a time course per unit of the expected response. */
    private static double slope(double[] course, double[] expected) {
        double mean = java.util.Arrays.stream(expected).average().orElseThrow();
        double ce = 0;
        double ee = 0;
        for (int t = 0; t < course.length; t++) {
            ce += course[t] * (expected[t] - mean);
            ee += (expected[t] - mean) * (expected[t] - mean);
        }
        return ce / ee;
    }

    @Test
    void response_isFoundAtItsPlace_withinOneVoxel() {
        double[][] courses = smoothed(courses());
        int best = 0;
        double highest = -1;
        double correlation = -1;
        for (int v = 0; v < courses.length; v++) {
            double[] expected =
                    expected(v / series.shape().nx() % series.shape().ny(), 0);
            // the size of the response, not its correlation: that saturates in the middle, where it then follows the
            // noise
            double slope = slope(courses[v], expected);
            if (slope > highest) {
                highest = slope;
                best = v;
                correlation = correlation(courses[v], expected);
            }
        }
        Vector3 found = labOf(best);
        Vector3 truth = SessionRig.REGION.centreM();
        assertThat(correlation).isGreaterThan(0.7);
        // 50 % in the middle, seen through a beam of 0.47 mm and a kernel of 0.4 mm; the filter takes some slow flow
        // away
        assertThat(highest).isBetween(0.15, 0.5);
        // the voxel is 0.2 x 0.4 x 0.2 mm
        assertThat(Math.abs(found.x() - truth.x())).as("x of " + found).isLessThanOrEqualTo(0.2e-3 + 1e-9);
        assertThat(Math.abs(found.y() - truth.y())).as("y of " + found).isLessThanOrEqualTo(0.4e-3 + 1e-9);
        assertThat(Math.abs(found.z() - truth.z())).as("z of " + found).isLessThanOrEqualTo(0.2e-3 + 1e-9);
    }

    @Test
    void response_isFoundAtItsTime_withinOneVolume() {
        double[][] courses = courses();
        List<double[]> inside = new ArrayList<>();
        List<Integer> slices = new ArrayList<>();
        for (int v = 0; v < courses.length; v++) {
            Vector3 at = labOf(v);
            if (SessionRig.REGION.weight(at.x(), at.y(), at.z()) > 0.6) {
                inside.add(courses[v]);
                slices.add(v / series.shape().nx() % series.shape().ny());
            }
        }
        double bestLag = Double.NaN;
        double highest = -1;
        for (double lag = -1.5; lag <= 1.5; lag += 0.05) {
            double sum = 0;
            for (int i = 0; i < inside.size(); i++) {
                sum += correlation(inside.get(i), expected(slices.get(i), lag));
            }
            if (sum > highest) {
                highest = sum;
                bestLag = lag;
            }
        }
        List<Double> times = series.times().timesS();
        double volumeS = (times.getLast() - times.getFirst()) / (times.size() - 1);
        assertThat(Math.abs(bestLag)).as("volumes take " + volumeS + " s").isLessThan(volumeS);
    }

    @Test
    void scan_openedAgain_hasEverySliceAtItsPose() {
        List<Affine3> poses = SessionRig.plan(CYCLES).scan().poses();
        assertThat(series.shape().times()).isEqualTo(CYCLES);
        assertThat(series.shape().ny()).isEqualTo(4);
        assertThat(series.shape().poses()).isEqualTo(1);
        assertThat(series.geometry().dyM()).isCloseTo(0.4e-3, within(1e-12));
        for (int y = 0; y < 4; y++) {
            double[] planned = poses.get(y).apply(SessionRig.GRID.x0M(), 0, -SessionRig.GRID.z0M());
            Vector3 stored = labOf(y * series.shape().nx());
            assertThat(stored.x()).isCloseTo(planned[0], within(1e-12));
            assertThat(stored.y()).isCloseTo(planned[1], within(1e-12));
            assertThat(stored.z()).isCloseTo(planned[2], within(1e-12));
        }
        assertThat(report.worstPoseErrorM()).isLessThanOrEqualTo(5e-6 * Math.sqrt(3));
        assertThat(series.metadata().get("stimulationTogglesS"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(10);
    }

    @Test
    void recording_holdsEveryBlockWithPoseAndTimes_andGivesTheSameMaps() {
        Recording recording = Recording.open(folder.resolve("run/recording.zarr"));
        assertThat(recording.complete()).isTrue();
        assertThat(recording.verify()).isEmpty();
        assertThat(recording.blockNumbers()).hasSize(4 * CYCLES);
        assertThat(report.blocks()).isEqualTo(4 * CYCLES);
        double[] times = recording.timesS();
        assertThat(times).isSorted();
        assertThat(times[0]).isZero();
        List<Affine3> poses = SessionRig.plan(CYCLES).scan().poses();
        for (int b = 0; b < 8; b++) {
            int pose = b < 4 ? b : 7 - b; // there and back again
            Affine3 stood = recording.block(b).notes().probeToLab().orElseThrow();
            assertThat(stood.at(1, 3)).isCloseTo(poses.get(pose).at(1, 3), within(5e-6)); // the tolerance of the axis
            DopplerFrame map = Pipeline.doppler(recording.iq(60 * b, 60), CLUTTER, Product.POWER, RunContext.inline());
            double[] volume = series.read(0, 0, b / 4, 1);
            for (int z = 0; z < 16; z++) {
                for (int x = 0; x < 26; x++) {
                    assertThat(volume[(z * 4 + pose) * 26 + x]).isEqualTo(map.at(z * 26 + x));
                }
            }
            assertThat(series.times().sliceTimesS().get(b / 4 * 4 + pose))
                    .isCloseTo(times[60 * b] + 0.06, within(1e-9));
        }
    }

    @Test
    void events_areTheEdges_onTheScannersClock() throws IOException {
        List<List<String>> out = table(folder.resolve("run/triggers.tsv")).stream()
                .filter(row -> row.get(2).equals("out"))
                .toList();
        assertThat(events).hasSize(5);
        assertThat(out).hasSize(5);
        long zero = report.zeroDeviceTimeNs().orElseThrow();
        var clock = report.clock().orElseThrow();
        for (int i = 0; i < 5; i++) {
            long device = Long.parseLong(out.get(i).get(4));
            long host = Long.parseLong(out.get(i).get(5));
            double uncertaintyS = Double.parseDouble(out.get(i).get(6));
            assertThat(events.get(i).onsetS()).isCloseTo((device - zero) * 1e-9, within(1e-9));
            assertThat(events.get(i).trialType()).isEqualTo("whiskers");
            assertThat(events.get(i).durationS()).isEqualTo(1.5);
            // by the host's time and the fit of the clocks it is the same moment; a busy machine may add a millisecond
            assertThat(clock.deviceTimeNs(host) - device)
                    .isBetween(-Math.round((uncertaintyS + 2e-3) * 1e9), Math.round((uncertaintyS + 2e-3) * 1e9));
        }
        // the paradigm begins a moment before the first frame; events are 4 s apart
        for (int i = 1; i < 5; i++) {
            assertThat(events.get(i).onsetS() - events.get(i - 1).onsetS()).isCloseTo(4, within(0.1));
        }
        // the scanner runs fast by 200 millionths, so the host's clock runs slow against it
        assertThat(clock.driftPpm()).isCloseTo(-SessionRig.DRIFT_PPM, within(20.0));
        Recording recording = Recording.open(folder.resolve("run/recording.zarr"));
        List<BlockNotes.Event> notes = new ArrayList<>();
        for (long b : recording.blockNumbers()) {
            notes.addAll(recording.block(b).notes().events());
        }
        assertThat(notes.stream()
                        .filter(n -> n.label().startsWith("out1 out rising"))
                        .toList())
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(n -> assertThat(events)
                        .anySatisfy(e -> assertThat(e.onsetS()).isCloseTo(n.timeS(), within(1e-9))));
        assertThat(notes).anyMatch(n -> n.label().equals("loop-out1 in falling"));
    }

    @Test
    void report_isInTheFolder_andNothingHalfWritten() throws IOException {
        assertThat(report.outcome()).isEqualTo(SessionReport.Outcome.COMPLETE);
        assertThat(report.volumes()).isEqualTo(CYCLES);
        try (var files = Files.list(folder.resolve("run"))) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "recording.zarr", "volumes.scan", "bids", "triggers.tsv", "audit.tsv", "session.json");
        }
        assertThat(folder.resolve("run/session.json"))
                .content()
                .contains("\"outcome\" : \"COMPLETE\"")
                .contains("\"kind\" : \"3d-t\"")
                .contains("\"driftPpm\"");
        assertThat(folder.resolve("run/audit.tsv"))
                .content()
                .contains("acoustic output")
                .contains("voltageV=20.0")
                .contains("acquisition\tcomplete");
        assertThat(lab.scanner.highVoltage().on()).isFalse();
    }
}
