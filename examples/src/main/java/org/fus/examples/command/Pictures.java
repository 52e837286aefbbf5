package org.fus.examples.command;

import java.util.Map;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.FusSeries;
import org.fus.core.doppler.BMode;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.Frame;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.run.RunContext;
import org.fus.io.content.Content;

/** The map that a picture of a file shows. */
final class Pictures {
    private Pictures() {}

    static DopplerFrame map(Content content, RunContext context) {
        return switch (content) {
            case Content.Doppler c -> c.map();
            case Content.Series c -> mean(c.series());
            case Content.Iq c -> BMode.of(c.ensemble(), context);
            case Content.Channels c ->
                throw new FusUnsupportedException(c.origin().file()
                        + ": channel data have no picture; fus process makes one (--kind bmode or power)");
            case Content.Transform c -> throw without(content);
            case Content.Regions c -> throw without(content);
            case Content.Program c -> throw without(content);
            case Content.Array c ->
                throw new FusUnsupportedException(c.origin().file() + ": an array without a description ("
                        + c.origin().file() + ".json) has no picture");
        };
    }

    private static FusUnsupportedException without(Content content) {
        return new FusUnsupportedException(content.origin().file()
                + ": nothing to picture (expected map, series or iq, got " + content.kind() + ")");
    }

    /** The mean over time of the first pose. */
    private static DopplerFrame mean(FusSeries series) {
        FusSeries.Shape shape = series.shape();
        PixelGrid grid = grid(series.geometry(), shape);
        double[] sum = new double[grid.size()];
        for (int t = 0; t < shape.times(); t++) {
            double[] volume = series.read(0, 0, t, 1);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += volume[i];
            }
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / shape.times());
        }
        return DopplerFrame.wrap(
                DopplerFrame.Quantity.POWER,
                grid,
                mean,
                series.provenance().with("mean over time", Map.of("volumes", Integer.toString(shape.times()))));
    }

    /** The pixels of a series whose axes are those of the array, as a depth-down grid. */
    private static PixelGrid grid(FusSeries.Geometry geometry, FusSeries.Shape shape) {
        Affine3 voxelsToArray = Frame.ARRAY_TO_PROBE.inverse().after(geometry.voxelsToProbe());
        double[] steps = {geometry.dxM(), geometry.dyM(), geometry.dzM()};
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                double expected = row == column ? steps[row] : 0;
                if (Math.abs(voxelsToArray.at(row, column) - expected) > 1e-6 * steps[column]) {
                    throw new FusUnsupportedException("voxels lie oblique to the probe (voxelsToProbe "
                            + geometry.voxelsToProbe() + "), so a picture has no depth axis; convert to .npy instead");
                }
            }
        }
        return new PixelGrid(
                voxelsToArray.at(0, 3),
                voxelsToArray.at(1, 3),
                voxelsToArray.at(2, 3),
                geometry.dxM(),
                geometry.dyM(),
                geometry.dzM(),
                shape.nx(),
                shape.ny(),
                shape.nz());
    }
}
