package org.fus.hardware.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.fus.core.data.DopplerFrame;

/**
 * Time courses of regions: the mean of a map over the pixels of each region, and its change against a baseline window. Give it
 * every map: subscribe with {@link StreamPolicy#PROCESS_ALL}. Thread-safe.
 */
public final class RegionCourses {
    /** Four hours of 2.5 maps per second. */
    private static final int KEPT = 36_000;

    private final List<LiveRegion> regions;
    private final BaselineMean baseline;
    private final Deque<Point> points = new ArrayDeque<>();
    private final int kept;

    /**
     * One moment of all courses.
     *
     * @param timeS the middle of the frames, seconds since the first frame of the run
     * @param means mean of the map over each region, in the unit of the map
     * @param changesPercent {@code 100 (mean - baseline) / baseline}, NaN where the baseline is 0; nothing before the
     *     baseline window is over, or when no map fell into it
     */
    public record Point(double timeS, List<Double> means, Optional<List<Double>> changesPercent) {
        /** Copies the list. */
        public Point {
            means = List.copyOf(means);
        }
    }

    private RegionCourses(List<LiveRegion> regions, double fromS, double toS, int kept) {
        this.regions = List.copyOf(regions);
        this.baseline = new BaselineMean(fromS, toS);
        this.kept = kept;
        if (regions.isEmpty()) {
            throw new IllegalArgumentException("time courses of no region; give at least one");
        }
    }

    /**
     * Courses with changes against the mean of a window of time. The last 36000 points are kept.
     *
     * @param regions at least one
     * @param fromS start of the window, seconds since the first frame of the run
     * @param toS end of the window
     * @return courses without a point
     */
    public static RegionCourses againstWindow(List<LiveRegion> regions, double fromS, double toS) {
        return new RegionCourses(regions, fromS, toS, KEPT);
    }

    /** The same with another number of points that are kept. */
    static RegionCourses keeping(List<LiveRegion> regions, double fromS, double toS, int kept) {
        return new RegionCourses(regions, fromS, toS, kept);
    }

    /**
     * Takes the next map of a run.
     *
     * @param maps the map of an ensemble
     * @return the point of this map
     * @throws IllegalArgumentException when a region belongs to another grid
     */
    public synchronized Point update(LiveMaps maps) {
        DopplerFrame map = maps.map();
        double[] means = new double[regions.size()];
        for (int r = 0; r < means.length; r++) {
            LiveRegion region = regions.get(r);
            if (!region.grid().equals(map.grid())) {
                throw new IllegalArgumentException(
                        region + " is for maps on " + region.grid() + ", got one on " + map.grid());
            }
            double sum = 0;
            for (int p : region.pixels()) {
                sum += map.at(p);
            }
            means[r] = sum / region.size();
        }
        baseline.add(maps.timeS(), means);
        Point point = new Point(maps.timeS(), boxed(means), changes(means));
        points.add(point);
        if (points.size() > kept) {
            points.removeFirst();
        }
        return point;
    }

    private Optional<List<Double>> changes(double[] means) {
        if (!baseline.isKnown()) {
            return Optional.empty();
        }
        double[] changes = new double[means.length];
        for (int r = 0; r < changes.length; r++) {
            changes[r] = baseline.changePercent(r, means[r]);
        }
        return Optional.of(boxed(changes));
    }

    private static List<Double> boxed(double[] values) {
        List<Double> list = new ArrayList<>(values.length);
        for (double v : values) {
            list.add(v);
        }
        return List.copyOf(list);
    }

    /**
     * The regions.
     *
     * @return in the order of the values of a point
     */
    public List<LiveRegion> regions() {
        return regions;
    }

    /**
     * The points that are kept.
     *
     * @return in the order of time, a copy
     */
    public synchronized List<Point> points() {
        return List.copyOf(points);
    }

    /**
     * Maps that fell into the baseline window so far.
     *
     * @return 0 or more
     */
    public synchronized int baselineMaps() {
        return baseline.maps();
    }
}
