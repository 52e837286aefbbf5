package org.fus.io.content;

import org.fus.core.data.FusSeries;

/**
 * The values of a series that stand row-major in one array {@code [extra][pose][time][z][y][x]}.
 *
 * @param shape lengths of the axes
 * @param values the array
 */
public record ArraySeries(FusSeries.Shape shape, StoredArray values) implements FusSeries.Store {
    @Override
    public double[] read(int extra, int pose, int firstTime, int count) {
        long firstVolume = ((long) extra * shape.poses() + pose) * shape.times() + firstTime;
        return values.doubles(firstVolume * shape.voxels(), Math.toIntExact(count * shape.voxels()));
    }
}
