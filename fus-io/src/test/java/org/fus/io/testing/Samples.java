package org.fus.io.testing;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.FusSeries;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.data.RfArray;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.probe.Probe;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitSequence;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sinks;
import us.hebi.matlab.mat.types.Struct;

/** Small content and files, made by the project or by other implementations of a format. */
public final class Samples {
    public static final PixelGrid GRID = new PixelGrid(-1.1e-3, 0, 2e-3, 0.11e-3, 0.4e-3, 0.05e-3, 5, 1, 4);
    private static final Provenance PROVENANCE =
            Provenance.none().with("made", Map.of("seed", "7")).warn("a warning");

    private Samples() {}

    public static RfArray channels(int frames) {
        Probe probe = Probe.convex("convex", 3, 0.3e-3, 40e-3, 5e6)
                .elevation(5e-3, 20e-3)
                .fractionalBandwidth(0.7)
                .build();
        TransmitSequence sequence = new TransmitSequence(
                List.of(
                        new Transmit.PlaneWave(0.1),
                        new Transmit.DivergingWave(0, -5e-3),
                        new Transmit.FocusedWave(1e-3, 20e-3)),
                5e6,
                3000,
                1480);
        ChannelFormat format =
                new ChannelFormat(probe, sequence, new SampleAxis(20e6, List.of(1e-6, 2e-6, 1.0 / 3), 4));
        Random random = new Random(1);
        float[][] values = new float[frames][3 * 3 * 4];
        for (float[] frame : values) {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (float) random.nextGaussian();
            }
        }
        return RfArray.wrap(format, values);
    }

    public static IqEnsemble iq(int frames) {
        Random random = new Random(2);
        float[][] values = new float[frames][2 * GRID.size()];
        for (float[] frame : values) {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (float) random.nextGaussian();
            }
        }
        return IqEnsemble.copyOf(GRID, new IqEnsemble.Timing(500.0 / 3, 15.625e6, 1540), values, PROVENANCE);
    }

    public static DopplerFrame map() {
        float[] values = new float[GRID.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1f / (i + 1);
        }
        return DopplerFrame.wrap(DopplerFrame.Quantity.AXIAL_VELOCITY, GRID, values, PROVENANCE);
    }

    /** Every value is its own index divided by 3, so that each axis error and each rounding shows. */
    public static FusSeries series(FusSeries.Shape s) {
        double dx = 0.11e-3;
        double dz = 1540e-6 / 15.625;
        Affine3 voxelsToProbe = Affine3.translation(-dx * (s.nx() - 1) / 2, -0.4e-3 * (s.ny() - 1) / 2, -1e-3)
                .after(Affine3.scale(dx, 0.4e-3, -dz));
        List<Affine3> poses = java.util.stream.IntStream.range(0, s.poses())
                .mapToObj(p -> Affine3.ofEulerXyz(0.1 * p, -0.2, 0.3, 0.01, 0.02 + p * 1e-3, 0.03))
                .toList();
        List<Double> times = java.util.stream.IntStream.range(0, s.times())
                .mapToObj(t -> 0.4 * (t + 1))
                .toList();
        Map<String, Object> metadata = new LinkedHashMap<>(org.fus.io.scan.ScanMetadata.of(
                ProbeCatalogue.ICO_PRIME, TransmitSequence.planeWaves(-0.17, 0.17, 11, 15.625e6, 5500), 62.5e6, 0.4));
        metadata.put("subjectTag", "sub-é");
        return FusSeries.of(
                s,
                new FusSeries.Geometry(dx, 0.4e-3, dz, voxelsToProbe, poses),
                new FusSeries.Times(times, List.of()),
                metadata,
                Provenance.none(),
                (e, p, t, n) -> indices(s, ((long) e * s.poses() + p) * s.times() + t, n));
    }

    private static double[] indices(FusSeries.Shape s, long firstVolume, int count) {
        double[] out = new double[(int) (count * s.voxels())];
        for (int i = 0; i < out.length; i++) {
            out[i] = (firstVolume * s.voxels() + i) / 3.0;
        }
        return out;
    }

    /** RF (sample 4, channel 3, frame 2) with value = C-order index of (frame, channel, sample), and param. */
    public static byte[] mat(Map<String, Double> changes, boolean compressed) throws IOException {
        Matrix rf = Mat5.newMatrix(new int[] {4, 3, 2});
        for (int i = 0; i < 24; i++) {
            rf.setDouble(i, i);
        }
        Struct param = Mat5.newStruct();
        Map<String, Double> values = new LinkedHashMap<>(Map.of(
                "fs",
                20e6,
                "fc",
                5e6,
                "PRF",
                1000.0,
                "c",
                1480.0,
                "t0",
                1e-6,
                "pitch",
                0.3e-3,
                "width",
                0.25e-3,
                "Nelements",
                3.0));
        values.putAll(changes);
        values.forEach((name, v) -> {
            if (!v.isNaN()) {
                param.set(name, Mat5.newScalar(v));
            }
        });
        Matrix delays = Mat5.newMatrix(1, 3);
        for (int e = 0; e < 3; e++) {
            // A wave of tilt 0.1 whose first element fires 0.5 us after the time origin of the file.
            delays.setDouble(e, 0.5e-6 + e * 0.3e-3 * Math.sin(0.1) / 1480);
        }
        param.set("TXdelay", delays);
        return matFile(
                Mat5.newMatFile()
                        .addArray("other", Mat5.newString("text"))
                        .addArray("RF", rf)
                        .addArray("param", param),
                compressed);
    }

    public static byte[] matFile(MatFile file, boolean compressed) throws IOException {
        java.nio.ByteBuffer buffer = java.nio.ByteBuffer.allocate(1 << 16);
        Mat5.newWriter(Sinks.wrap(buffer.order(java.nio.ByteOrder.nativeOrder())))
                .setDeflateLevel(compressed ? 6 : 0)
                .writeMat(file);
        byte[] out = new byte[buffer.flip().remaining()];
        buffer.get(out);
        return out;
    }

    /** Two frames of three shots of (channel 4, sample 5); value = 100 frame + 10 shot + index. */
    public static byte[] pybf(Path folder) throws IOException {
        return pybf(folder, null);
    }

    /** The same whose last shot is another array; single precision when that is. */
    public static byte[] pybf(Path folder, Object lastShot) throws IOException {
        Path file = folder.resolve("made.hdf5");
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            WritableGroup data = hdf.putGroup("data");
            WritableGroup rf = data.putGroup("rf_data");
            for (int f = 1; f <= 2; f++) {
                WritableGroup frame = rf.putGroup("frame_" + f);
                for (int s = 1; s <= 3; s++) {
                    short[][] shot = new short[4][5];
                    for (int i = 0; i < 20; i++) {
                        shot[i / 5][i % 5] = (short) (100 * f + 10 * s + i);
                    }
                    Object same = lastShot instanceof float[][] ? new float[4][5] : shot;
                    frame.putDataset("shot_" + s, f == 2 && s == 3 && lastShot != null ? lastShot : same);
                }
            }
            data.putGroup("tx_mode").putDataset("PW_3_12", new double[][] {{-0.2, 0, 0.2}});
            data.putDataset("f_sampling", new double[][] {{20e6}});
            data.putDataset("fps", new double[][] {{50}});
            data.putDataset("correction_time_shift", new double[][] {{3e-6}});
            WritableGroup trans = hdf.putGroup("trans_params");
            trans.putDataset("f_central", new double[][] {{5e6}});
            trans.putDataset("bandwidth", new double[][] {{0.7}});
            trans.putDataset("x_num_of_elements", new double[][] {{4}});
            trans.putDataset("x_pitch", new double[][] {{0.23e-3}});
            trans.putDataset("x_width", new double[][] {{0.2e-3}});
            trans.putDataset("y_width", new double[][] {{10e-3}});
        }
        return Files.readAllBytes(file);
    }
}
