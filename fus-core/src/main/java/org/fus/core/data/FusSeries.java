package org.fus.core.data;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fus.core.error.FusException;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.ImageGrid;
import org.fus.core.geometry.OrientedGrid;
import org.fus.core.geometry.PixelGrid;

/**
 * The power Doppler series of an acquisition, {@code [extra][pose][time][z][y][x]}: a view over the store that holds the
 * values, read block by block. Values pass exactly. Immutable.
 *
 * <p>{@code pose} counts positions of the probe, {@code extra} alternatives of one acquisition, such as several clutter
 * filters. Both are 1 in a plain recording.
 */
public final class FusSeries {
    /** Where the values are. Implementations are safe for use by many threads. */
    @FunctionalInterface
    public interface Store {
        /**
         * Copies whole volumes.
         *
         * @param extra from 0
         * @param pose from 0
         * @param firstTime from 0
         * @param count number of volumes, at least 1; the range was checked
         * @return {@code [time][z][y][x]}, new for each call
         */
        double[] read(int extra, int pose, int firstTime, int count);
    }

    /**
     * The lengths of the axes, each at least 1.
     *
     * @param extras alternatives
     * @param poses positions of the probe
     * @param times volumes in time
     * @param nz voxels along depth
     * @param ny voxels along elevation
     * @param nx voxels along the array
     */
    public record Shape(int extras, int poses, int times, int nz, int ny, int nx) {
        /** Checks the lengths. */
        public Shape {
            if (extras < 1 || poses < 1 || times < 1 || nz < 1 || ny < 1 || nx < 1) {
                throw new IllegalArgumentException("series of " + extras + " x " + poses + " x " + times + " x " + nz
                        + " x " + ny + " x " + nx + " (extra, pose, time, z, y, x): each length must be at least 1");
            }
            Math.multiplyExact(
                    Math.multiplyExact((long) extras * poses, times), Math.multiplyExact((long) nz * ny, nx));
        }

        /**
         * Voxels of one volume.
         *
         * @return {@code nz * ny * nx}
         */
        public long voxels() {
            return (long) nz * ny * nx;
        }

        /**
         * Values of the whole series.
         *
         * @return the product of all lengths
         */
        public long size() {
            return (long) extras * poses * times * voxels();
        }
    }

    /**
     * Where the voxels are.
     *
     * @param dxM size of a voxel along the array, metres, positive
     * @param dyM size along elevation, metres, positive
     * @param dzM size along depth, metres, positive
     * @param voxelsToProbe from zero-based indices (ix, iy, iz) to the PROBE frame, metres
     * @param probeToLab from the PROBE to the LAB frame, metres; one map per pose
     */
    public record Geometry(double dxM, double dyM, double dzM, Affine3 voxelsToProbe, List<Affine3> probeToLab) {
        /** Checks the sizes and copies the list. */
        public Geometry {
            if (!positive(dxM) || !positive(dyM) || !positive(dzM)) {
                throw new IllegalArgumentException("voxel of " + dxM + " x " + dyM + " x " + dzM
                        + " m (x, y, z): each size must be a positive number of metres");
            }
            Objects.requireNonNull(voxelsToProbe, "voxelsToProbe");
            probeToLab = List.copyOf(probeToLab);
        }

        /**
         * The geometry of a grid whose PROBE and LAB frames coincide.
         *
         * @param grid where the pixels are: a Cartesian grid, turned or not
         * @return one pose
         * @throws FusUnsupportedException for a grid that is not Cartesian
         */
        public static Geometry of(ImageGrid grid) {
            PixelGrid steps = grid instanceof OrientedGrid turned ? turned.local() : grid.cartesian();
            return new Geometry(
                    steps.dxM(),
                    steps.dyM(),
                    steps.dzM(),
                    grid instanceof OrientedGrid turned ? turned.voxelsToProbe() : steps.voxelsToProbe(),
                    List.of(Affine3.identity()));
        }

        private static boolean positive(double v) {
            return v > 0 && Double.isFinite(v);
        }
    }

    /**
     * When the volumes were taken.
     *
     * @param timesS end of each volume's integration, seconds since the start of the acquisition; one per time
     * @param sliceTimesS the same as measured for every slice, {@code [time][pose][y]}, seconds; empty when the source
     *     does not tell slices apart
     */
    public record Times(List<Double> timesS, List<Double> sliceTimesS) {
        /** Checks and copies. */
        public Times {
            timesS = List.copyOf(timesS);
            sliceTimesS = List.copyOf(sliceTimesS);
            for (double t : timesS) {
                if (!Double.isFinite(t)) {
                    throw new IllegalArgumentException("timesS holds " + t + ", expected finite seconds");
                }
            }
        }
    }

    private final Shape shape;
    private final Geometry geometry;
    private final Times times;
    private final Map<String, Object> metadata;
    private final Provenance provenance;
    private final Store store;

    private FusSeries(
            Shape shape,
            Geometry geometry,
            Times times,
            Map<String, Object> metadata,
            Provenance provenance,
            Store store) {
        this.shape = Objects.requireNonNull(shape, "shape");
        this.geometry = Objects.requireNonNull(geometry, "geometry");
        this.times = Objects.requireNonNull(times, "times");
        this.metadata = Metadata.copyOf(metadata);
        this.provenance = Objects.requireNonNull(provenance, "provenance");
        this.store = Objects.requireNonNull(store, "store");
        requireLength("probeToLab", geometry.probeToLab().size(), shape.poses());
        requireLength("timesS", times.timesS().size(), shape.times());
        if (!times.sliceTimesS().isEmpty()) {
            requireLength("sliceTimesS", times.sliceTimesS().size(), (long) shape.times() * shape.poses() * shape.ny());
        }
    }

    /**
     * A view over a store.
     *
     * @param shape lengths of the axes
     * @param geometry where the voxels are; one {@code probeToLab} per pose
     * @param times when the volumes were taken; one per time
     * @param metadata names and values in order: strings, numbers, booleans, lists and maps of them
     * @param provenance where the series comes from
     * @param store holds the values
     * @return the series
     */
    public static FusSeries of(
            Shape shape, Geometry geometry, Times times, Map<String, ?> metadata, Provenance provenance, Store store) {
        return new FusSeries(shape, geometry, times, Metadata.copyOf(metadata), provenance, store);
    }

    /**
     * The series of maps of one grid, in order; one pose whose PROBE and LAB frames coincide.
     *
     * @param frames at least one; quantity, grid and provenance are those of the first
     * @param timesS end of each map's integration, seconds; one per map
     * @param metadata names and values in order, as in {@link #of}
     * @return the series
     */
    public static FusSeries ofFrames(List<DopplerFrame> frames, List<Double> timesS, Map<String, ?> metadata) {
        DopplerFrame first = frames.getFirst();
        for (DopplerFrame frame : frames) {
            if (!frame.grid().equals(first.grid()) || frame.quantity() != first.quantity()) {
                throw new IllegalArgumentException("maps of different grid or quantity do not make a series: "
                        + first.quantity() + " on " + first.grid() + " and " + frame.quantity() + " on "
                        + frame.grid());
            }
        }
        ImageGrid grid = first.grid();
        List<DopplerFrame> maps = List.copyOf(frames);
        return of(
                new Shape(1, 1, maps.size(), grid.nz(), grid.ny(), grid.nx()),
                Geometry.of(grid),
                new Times(timesS, List.of()),
                metadata,
                first.provenance(),
                (extra, pose, firstTime, count) -> widen(maps.subList(firstTime, firstTime + count)));
    }

    /**
     * The lengths of the axes.
     *
     * @return the shape
     */
    public Shape shape() {
        return shape;
    }

    /**
     * Where the voxels are.
     *
     * @return voxel size and affines
     */
    public Geometry geometry() {
        return geometry;
    }

    /**
     * When the volumes were taken.
     *
     * @return seconds
     */
    public Times times() {
        return times;
    }

    /**
     * What the source says about subject, probe and sequence, in its own names and order.
     *
     * @return unmodifiable: strings, {@link Long}, {@link Double}, booleans, lists and maps of them
     */
    public Map<String, Object> metadata() {
        return metadata;
    }

    /**
     * Where the series comes from.
     *
     * @return the steps that made it
     */
    public Provenance provenance() {
        return provenance;
    }

    /**
     * Copies whole volumes out of the store.
     *
     * @param extra from 0
     * @param pose from 0
     * @param firstTime first volume, from 0
     * @param count number of volumes, at least 1
     * @return {@code [time][z][y][x]}
     */
    public double[] read(int extra, int pose, int firstTime, int count) {
        Objects.checkIndex(extra, shape.extras());
        Objects.checkIndex(pose, shape.poses());
        Objects.checkFromIndexSize(firstTime, count, shape.times());
        if (count < 1 || count * shape.voxels() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(count + " volumes of " + shape.voxels()
                    + " voxels do not make one array; read at least 1 and at most "
                    + (Integer.MAX_VALUE - 8) / shape.voxels());
        }
        double[] values = store.read(extra, pose, firstTime, count);
        if (values.length != count * shape.voxels()) {
            throw new FusException("the store of a series gave " + values.length + " values for " + count
                    + " volumes, expected " + count * shape.voxels() + "; mend the store");
        }
        return values;
    }

    private static double[] widen(List<DopplerFrame> maps) {
        int voxels = maps.getFirst().grid().size();
        double[] out = new double[Math.multiplyExact(voxels, maps.size())];
        for (int m = 0; m < maps.size(); m++) {
            for (int i = 0; i < voxels; i++) {
                out[m * voxels + i] = maps.get(m).at(i);
            }
        }
        return out;
    }

    private static void requireLength(String name, long got, long expected) {
        if (got != expected) {
            throw new IllegalArgumentException(name + " has " + got + " entries, expected " + expected);
        }
    }
}
