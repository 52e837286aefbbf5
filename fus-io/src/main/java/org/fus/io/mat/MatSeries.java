package org.fus.io.mat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fus.core.data.FusSeries;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.Affine3;
import org.fus.io.content.Content;
import org.fus.io.content.Origin;
import org.fus.io.info.FileInfo;
import org.fus.io.info.Sidecar;
import org.fus.io.source.Heap;

/** Makes a series out of an array whose file states little: what is assumed is named in the metadata and in a warning. */
final class MatSeries {
    /** The size of a voxel where none is stated, metres: what other imaging software assumes. */
    static final double ASSUMED_VOXEL_M = 1e-3;

    private final MatFile file;
    private final SeriesAxes axes;
    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private final List<String> notStated = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private double[] voxelM = {};
    private int[] direction = {1, 1, 1};
    private List<Double> timesS = List.of();

    MatSeries(MatFile file, String variable, SeriesAxes axes, int maxRank) {
        this.file = file;
        this.axes = axes;
        MatArray array = axes.array();
        if (array.type().parts() > 1 || array.size() == 0 || array.shape().size() > maxRank) {
            throw file.failure(
                    variable,
                    "expected real numbers with at most " + maxRank + " axes, got "
                            + MatValue.describe(new MatValue.Numbers(array)) + "; save it anew");
        }
    }

    MatSeries metadata(Map<String, Object> more) {
        metadata.putAll(more);
        return this;
    }

    /** Size of a voxel along x, y, z, metres; and whether the index grows (1) or falls (-1) to the right, forwards, down. */
    MatSeries voxels(double[] xyzM, int[] xyzDirection) {
        voxelM = xyzM.clone();
        direction = xyzDirection.clone();
        return this;
    }

    MatSeries times(List<Double> s) {
        timesS = s;
        return this;
    }

    MatSeries warn(String warning) {
        warnings.add(warning);
        return this;
    }

    Content content(String format) {
        FusSeries.Shape shape = axes.shape();
        Heap.require(file.name(), MatLayout.BYTES_PER_TIME * shape.times());
        if (voxelM.length == 0) {
            notStated.add("voxelSizeM");
            warnings.add("the file does not state the size of a voxel: 1 mm is assumed");
        }
        if (timesS.isEmpty()) {
            notStated.add("timesS");
            warnings.add("the file does not state when the volumes were taken: 1 s from one to the next is assumed");
        }
        if (!notStated.isEmpty()) {
            metadata.put(FileInfo.NOT_STATED, notStated);
        }
        FusSeries series = FusSeries.of(
                shape,
                geometry(shape),
                new FusSeries.Times(times(shape), List.of()),
                metadata,
                Provenance.none(),
                axes);
        return new Content.Series(
                new Origin(file.name(), format, axes.array().type().label(), Map.of(), warnings), series);
    }

    /** The series as a description in the file says it, when it is one of this array. */
    Optional<Content> described(String format, Optional<Sidecar> description) {
        Optional<Sidecar> own = description.filter(
                d -> d.kind().equals("series") && d.seriesShape().equals(axes.shape()));
        if (description.isPresent() && own.isEmpty()) {
            warnings.add("the description in the file is that of other data; it was not used");
        }
        return own.map(d -> new Content.Series(
                new Origin(file.name(), format, axes.array().type().label(), Map.of(), d.warnings()), d.series(axes)));
    }

    private List<Double> times(FusSeries.Shape shape) {
        return timesS.isEmpty()
                ? IntStream.rangeClosed(1, shape.times())
                        .mapToObj(t -> (double) t)
                        .toList()
                : timesS;
    }

    /** Without a position of its own: the probe above the middle of the volume, depth from 0. */
    private FusSeries.Geometry geometry(FusSeries.Shape s) {
        double[] v = voxelM.length == 0 ? new double[] {ASSUMED_VOXEL_M, ASSUMED_VOXEL_M, ASSUMED_VOXEL_M} : voxelM;
        double dx = v[0] * direction[0];
        double dy = v[1] * direction[1];
        // The PROBE frame points up.
        double dz = -v[2] * direction[2];
        Affine3 map = Affine3.translation(
                        -dx * (s.nx() - 1) / 2, -dy * (s.ny() - 1) / 2, direction[2] > 0 ? 0 : -dz * (s.nz() - 1))
                .after(Affine3.scale(dx, dy, dz));
        return new FusSeries.Geometry(v[0], v[1], v[2], map, List.of(Affine3.identity()));
    }
}
