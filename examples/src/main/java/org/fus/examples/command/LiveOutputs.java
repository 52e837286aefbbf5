package org.fus.examples.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.fus.core.data.DopplerFrame;
import org.fus.core.geometry.ImageGrid;
import org.fus.core.render.Figure;
import org.fus.core.render.Scale;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.live.CbvChange;
import org.fus.hardware.live.DeviceStatus;
import org.fus.hardware.live.LiveFigures;
import org.fus.hardware.live.LiveMaps;
import org.fus.hardware.live.LivePipeline;
import org.fus.hardware.live.LiveRegion;
import org.fus.hardware.live.RegionCourses;
import org.fus.hardware.live.StreamPolicy;
import org.fus.io.FusFiles;
import picocli.CommandLine.Option;

/** What {@code fus live} shows: a line in the terminal, pictures, CBV change, time courses. */
final class LiveOutputs {
    @Option(
            names = "--snapshot",
            paramLabel = "DIR",
            description =
                    "Writes the maps that are shown as pictures: DIR/power.png, bmode.png, color.png, cbv.png; the"
                            + " folder is made.")
    private Path snapshot;

    @Option(
            names = "--baseline",
            paramLabel = "FROM:TO",
            description = "Shows the change of CBV in per cent against the mean of this window, seconds of the run.")
    private Optional<String> baseline;

    @Option(
            names = "--region",
            paramLabel = "NAME=X0:X1,Z0:Z1",
            description = "Time course of a rectangle, in mm; needs --baseline and --snapshot, writes DIR/courses.tsv."
                    + " May be given several times.")
    private Map<String, String> regions = Map.of();

    private static final double ABOVE_MEDIAN_DB = 3;

    private double baselineFromS;
    private double baselineToS;

    /** Checks what can be checked before a device is opened. */
    void requireSense() {
        if (baseline.isPresent()) {
            double[] window = numbers("--baseline", baseline.get(), "FROM:TO, such as 0:2", 2);
            baselineFromS = window[0];
            baselineToS = window[1];
            CbvChange.againstWindow(baselineFromS, baselineToS);
        }
        if (!regions.isEmpty() && (baseline.isEmpty() || snapshot == null)) {
            throw new IllegalArgumentException(
                    "--region needs --baseline for the change and --snapshot for where courses.tsv goes");
        }
        regions.forEach(LiveOutputs::box);
    }

    private static double[] box(String name, String text) {
        return numbers("--region " + name, text.replace(',', ':'), "X0:X1,Z0:Z1 in mm, such as -1.5:-1,5:8", 4);
    }

    private static double[] numbers(String option, String text, String form, int count) {
        String[] parts = text.split(":", -1);
        double[] values = new double[count];
        try {
            if (parts.length == count) {
                for (int i = 0; i < count; i++) {
                    values[i] = Double.parseDouble(parts[i]);
                }
                return values;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " '" + text + "': expected " + form, e);
        }
        throw new IllegalArgumentException(option + " '" + text + "': expected " + form);
    }

    /** The folders that must be there. */
    List<Path> folders(Path more) {
        return Stream.of(Optional.ofNullable(snapshot), Optional.ofNullable(more))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Subscribes everything that was asked for. */
    Shown subscribe(LivePipeline live, UltrasoundDevice device, RootCommand fus) {
        Shown shown = new Shown(fus);
        if (baseline.isPresent()) {
            shown.cbv = Optional.of(CbvChange.againstWindow(baselineFromS, baselineToS));
            live.maps().subscribe("cbv", StreamPolicy.PROCESS_ALL, shown::follow);
        }
        if (snapshot != null) {
            live.maps().subscribe("pictures", StreamPolicy.NEWEST_ONLY, shown::picture);
        }
        if (!fus.quiet() && Terminal.isErrWatched()) {
            live.maps().subscribe("terminal", StreamPolicy.NEWEST_ONLY, maps -> shown.line(maps, live, device));
        }
        return shown;
    }

    /**
     * How far below the largest power of a map there is flow, decibels: down to {@link #ABOVE_MEDIAN_DB} above the median, which
     * is noise, since vessels fill less than half of an image. Velocity and change of the other pixels mean nothing.
     */
    private static double flowRangeDb(DopplerFrame power) {
        float[] sorted = power.toArray();
        Arrays.sort(sorted);
        double overMedianDb = 10 * Math.log10(sorted[sorted.length - 1] / sorted[sorted.length / 2]);
        return Double.isFinite(overMedianDb)
                ? Math.max(ABOVE_MEDIAN_DB, overMedianDb - ABOVE_MEDIAN_DB)
                : Scale.POWER_RANGE_DB;
    }

    /** What is shown of one run. */
    final class Shown {
        private final RootCommand fus;
        private final TreeSet<Path> files = new TreeSet<>();
        private final AtomicReference<DopplerFrame> change = new AtomicReference<>();
        private Optional<CbvChange> cbv = Optional.empty();
        private volatile RegionCourses courses;

        Shown(RootCommand fus) {
            this.fus = fus;
        }

        /** CBV and time courses, of every map. */
        private void follow(LiveMaps maps) {
            cbv.flatMap(c -> c.update(maps)).ifPresent(change::set);
            if (!regions.isEmpty()) {
                if (courses == null) {
                    courses = RegionCourses.againstWindow(boxes(maps.map().grid()), baselineFromS, baselineToS);
                }
                courses.update(maps);
            }
        }

        private List<LiveRegion> boxes(ImageGrid grid) {
            List<LiveRegion> boxes = new ArrayList<>();
            regions.forEach((name, text) -> {
                double[] mm = box(name, text);
                boxes.add(LiveRegion.box(name, grid, mm[0] * 1e-3, mm[1] * 1e-3, mm[2] * 1e-3, mm[3] * 1e-3));
            });
            return boxes;
        }

        private void picture(LiveMaps maps) {
            DopplerFrame power = maps.map();
            double rangeDb = flowRangeDb(power);
            write("power", maps, power, Figure.of(power));
            Optional<DopplerFrame> bmode = maps.view("bmode");
            bmode.ifPresent(map -> write("bmode", maps, map, Figure.of(map)));
            maps.view("color")
                    .ifPresent(
                            map -> write("color", maps, map, Figure.of(map).over(bmode.orElse(power), power, rangeDb)));
            DopplerFrame percent = change.get();
            if (percent != null) {
                write("cbv", maps, percent, Figure.of(percent).over(bmode.orElse(power), power, rangeDb));
            }
        }

        private void write(String name, LiveMaps maps, DopplerFrame map, Figure figure) {
            Path file = snapshot.resolve(name + ".png");
            String title =
                    String.format(Locale.ROOT, "%s at %.1f s", map.quantity().label(), maps.timeS());
            FusFiles.writeBytes(file, figure.withTitle(title).toPng());
            synchronized (files) {
                files.add(file);
            }
        }

        private void line(LiveMaps maps, LivePipeline live, UltrasoundDevice device) {
            LiveFigures f = live.figures();
            long dropped = f.subscribers().stream().mapToLong(s -> s.dropped()).sum();
            fus.err()
                    .print(String.format(
                            Locale.ROOT,
                            "\r\033[K%6.1f s  map %d  %.0f ms behind (p99 %.0f)  skipped %d  gaps %d  dropped %d  %s",
                            maps.timeS(),
                            maps.number(),
                            (System.nanoTime() - maps.readyNs()) * 1e-6,
                            f.maps().p99S() * 1e3,
                            f.ensembles().skipped(),
                            f.blocks().gaps(),
                            dropped,
                            DeviceStatus.of(device)));
            fus.err().flush();
        }

        /** After the last map: ends the line in the terminal, writes the time courses. */
        void finish() {
            if (!fus.quiet() && Terminal.isErrWatched()) {
                fus.err().println();
            }
            if (courses != null) {
                Path file = snapshot.resolve("courses.tsv");
                FusFiles.writeBytes(file, table(courses).getBytes(StandardCharsets.UTF_8));
                synchronized (files) {
                    files.add(file);
                }
            }
        }

        private static String table(RegionCourses courses) {
            StringBuilder text = new StringBuilder("time_s");
            courses.regions()
                    .forEach(r -> text.append('\t')
                            .append(r.name())
                            .append("_power\t")
                            .append(r.name())
                            .append("_cbv_change_percent"));
            for (RegionCourses.Point point : courses.points()) {
                text.append('\n').append(point.timeS());
                for (int r = 0; r < courses.regions().size(); r++) {
                    int region = r;
                    text.append('\t')
                            .append(point.means().get(r))
                            .append('\t')
                            .append(point.changesPercent()
                                    .map(c -> Double.toString(c.get(region)))
                                    .orElse("n/a"));
                }
            }
            return text.append('\n').toString();
        }

        List<Path> files() {
            synchronized (files) {
                return List.copyOf(files);
            }
        }

        List<String> lines() {
            List<String> lines = new ArrayList<>();
            cbv.ifPresent(c -> lines.add(
                    "baseline: " + c.baselineMaps() + " maps from " + baselineFromS + " to " + baselineToS + " s"));
            files().forEach(f -> lines.add("wrote " + f));
            return lines;
        }
    }
}
