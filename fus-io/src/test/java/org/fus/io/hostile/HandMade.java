package org.fus.io.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.fus.io.internal.hdf.HdfGroup;
import org.fus.io.testing.Samples;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Struct;

/** Small sound files of the formats that are read but not written. */
final class HandMade {
    private HandMade() {}

    /** 2 frames, 2 transmits, 4 samples, 3 elements. */
    static byte[] zea() throws IOException {
        return zea(1, 5e6);
    }

    /** RF or, with two parts, IQ demodulated at a frequency. */
    static byte[] zea(int parts, double demodulationHz) throws IOException {
        HdfGroup root = new HdfGroup();
        HdfGroup scan = root.group("scan");
        scan.doubles("sampling_frequency", new double[] {20e6}, 1);
        scan.doubles("center_frequency", new double[] {5e6}, 1);
        scan.doubles("sound_speed", new double[] {1500}, 1);
        scan.doubles("time_to_next_transmit", new double[] {1 / 4000.0}, 1);
        scan.doubles("initial_times", new double[] {1e-6, 2e-6}, 2);
        scan.doubles("probe_geometry", new double[] {-1e-4, 0, 0, 0, 0, 0, 1e-4, 0, 0}, 3, 3);
        scan.doubles("t0_delays", new double[] {0, 1e-7, 2e-7, 3e-7, 4e-7, 5e-7}, 6);
        scan.doubles("demodulation_frequency", new double[] {demodulationHz}, 1);
        root.group("data").floats("raw_data", values(48 * parts), 2, 2, 4, 3, parts);
        return bytes(root);
    }

    /** IQ of 2 angles, 3 channels, 4 samples. */
    static byte[] picmus() throws IOException {
        HdfGroup root = new HdfGroup();
        HdfGroup set = root.group("US").group("US_DATASET0000").attribute("name", "made by hand");
        set.group("data").floats("real", values(24), 2, 3, 4);
        set.group("data").floats("imag", values(24), 2, 3, 4);
        set.doubles("angles", new double[] {-0.1, 0.1}, 2);
        set.doubles("probe_geometry", new double[] {-3e-4, 0, 3e-4, 0, 0, 0, 0, 0, 0}, 3, 3);
        set.doubles("sampling_frequency", new double[] {20e6}, 1);
        set.doubles("modulation_frequency", new double[] {5e6}, 1);
        set.doubles("sound_speed", new double[] {1540}, 1);
        set.doubles("initial_time", new double[] {1e-6}, 1);
        set.doubles("PRF", new double[] {100}, 1);
        return bytes(root);
    }

    /** A MATLAB 7.3 file with the power Doppler of an acquisition; its user block is left out, as h5py does. */
    static byte[] matlab73() throws IOException {
        HdfGroup root = new HdfGroup();
        HdfGroup acquisition = root.group("Acquisition").attribute("MATLAB_class", "struct");
        acquisition.doubles("Data", values(24), 2, 3, 1, 4).attribute("MATLAB_class", "double");
        acquisition.doubles("T", new double[] {1, 2}, 2, 1).attribute("MATLAB_class", "double");
        return bytes(root);
    }

    /** Parameters of {@link #echoFrame}: 2 frames of 4 x 3 pixels. */
    static byte[] echoFrameParameters() throws IOException {
        return echoFrameParameters(new double[0]);
    }

    /** The same of which a region [zStart, zEnd, xStart, xEnd] was kept, from 1. */
    static byte[] echoFrameParameters(double... region) throws IOException {
        HdfGroup root = new HdfGroup();
        HdfGroup image = root.group("ReconSpec");
        if (region.length > 0) {
            image.doubles("cropBF", new double[] {1}, 1, 1);
            image.doubles("croppingROI", region, region.length, 1);
        }
        image.doubles("nz", new double[] {3}, 1, 1);
        image.doubles("nx", new double[] {4}, 1, 1);
        image.doubles("xAxis", new double[] {-0.15, -0.05, 0.05, 0.15}, 4, 1);
        image.doubles("zAxis", new double[] {1, 1.5, 2}, 3, 1);
        image.doubles("c0", new double[] {1540}, 1, 1);
        HdfGroup receive = root.group("ReceiveSpec");
        receive.doubles("nRepeats", new double[] {2}, 1, 1);
        receive.doubles("transmitReceiveTimeMus", new double[] {200}, 1, 1);
        root.group("ProbeSpec").doubles("Fc", new double[] {15.625e6}, 1, 1);
        root.group("TransmitSpec").doubles("steerX", new double[] {-5, 5}, 2, 1);
        return bytes(root);
    }

    /** Two buffers of 2 frames of 4 x 3 pixels. */
    static byte[] echoFrame() {
        ByteBuffer b = ByteBuffer.allocate(40 + 2 * 8 * 24).order(ByteOrder.LITTLE_ENDIAN);
        b.putLong(0).putLong(40).putLong(2).putLong(24).putLong(0);
        for (int i = 0; i < 96; i++) {
            b.putFloat(i);
        }
        return b.array();
    }

    /** One block of 2 frames of 4 x 3 pixels. */
    static byte[] autc(int index) {
        ByteBuffer b = ByteBuffer.allocate(40 + 8 * 24).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(index).putInt(24).putInt(3).putInt(4).putInt(2).position(40);
        for (int i = 0; i < 48; i++) {
            b.putFloat(1000f * index + i);
        }
        return b.array();
    }

    private static double[] values(int count) {
        Random random = new Random(3);
        return Arrays.stream(new double[count]).map(z -> random.nextGaussian()).toArray();
    }

    private static byte[] bytes(HdfGroup root) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        root.writeTo(out);
        return out.toByteArray();
    }

    /** IQ of 2 frames of 4 x 3 pixels as PALA keeps them. */
    static byte[] pala() throws IOException {
        Matrix iq = Mat5.newComplex(new int[] {4, 3, 2});
        for (int i = 0; i < 24; i++) {
            iq.setDouble(i, i);
            iq.setImaginaryDouble(i, -i);
        }
        Struct uf = Mat5.newStruct();
        uf.set("TwFreq", Mat5.newScalar(15));
        uf.set("FrameRateUF", Mat5.newScalar(1000));
        uf.set("Probe", Mat5.newString("L22"));
        Struct pixels = Mat5.newStruct();
        pixels.set("PDelta", row(1, 0, 0.5));
        pixels.set("Origin", row(-1, 0, 2));
        return Samples.matFile(
                Mat5.newMatFile().addArray("UF", uf).addArray("PData", pixels).addArray("IQ", iq), false);
    }

    /** Power Doppler of 2 volumes of 4 x 3 x 2 voxels as PyfUS keeps them. */
    static byte[] pyfus() throws IOException {
        Struct md = Mat5.newStruct();
        md.set("imageSize", row(4, 3, 2));
        md.set("voxelSize", row(50, 100, 300));
        md.set("Direction", Mat5.newString("DV.LR.AP"));
        return Samples.matFile(
                Mat5.newMatFile().addArray("I", values(4, 3, 2, 2)).addArray("md", md), false);
    }

    /** Power Doppler of other layouts: an acquisition, a film, and volumes with their times. */
    static byte[] matlab(String layout) throws IOException {
        MatFile file = Mat5.newMatFile();
        switch (layout) {
            case "acquisition" -> {
                Struct acquisition = Mat5.newStruct();
                acquisition.set("T", row(0.4, 0.8));
                acquisition.set("Data", values(4, 1, 3, 2));
                acquisition.set("comment", Mat5.newString("by hand"));
                file.addArray("Acquisition", acquisition);
            }
            case "film" -> file.addArray("Doppler_film", values(4, 3, 2));
            default -> file.addArray("dop", values(4, 3, 2)).addArray("timestamps", row(0.4, 0.8));
        }
        return Samples.matFile(file, false);
    }

    private static Matrix row(double... values) {
        Matrix out = Mat5.newMatrix(1, values.length);
        for (int i = 0; i < values.length; i++) {
            out.setDouble(i, values[i]);
        }
        return out;
    }

    private static Matrix values(int... shape) {
        Matrix out = Mat5.newMatrix(shape);
        for (int i = 0; i < out.getNumElements(); i++) {
            out.setDouble(i, i);
        }
        return out;
    }
}
