package org.fus.io.nifti;

/** Between the order of images, {@code [volume][y][z][x]}, and that of the SDK, {@code [volume][z][y][x]}. */
final class VolumeOrder {
    private VolumeOrder() {}

    static double[] yzxToZyx(double[] values, int nz, int ny, int nx) {
        return swapped(values, ny, nz, nx);
    }

    static double[] zyxToYzx(double[] values, int nz, int ny, int nx) {
        return swapped(values, nz, ny, nx);
    }

    static float[] yzxToZyx(float[] values, int nz, int ny, int nx) {
        return swapped(values, ny, nz, nx);
    }

    static float[] zyxToYzx(float[] values, int nz, int ny, int nx) {
        return swapped(values, nz, ny, nx);
    }

    /** {@code [volume][a][b][x]} to {@code [volume][b][a][x]}; rows of x are copied as they are. */
    private static double[] swapped(double[] values, int na, int nb, int nx) {
        if (na == 1 || nb == 1) {
            return values;
        }
        double[] out = new double[values.length];
        for (int row = 0; row < values.length / nx; row++) {
            System.arraycopy(values, row * nx, out, target(row, na, nb) * nx, nx);
        }
        return out;
    }

    private static float[] swapped(float[] values, int na, int nb, int nx) {
        if (na == 1 || nb == 1) {
            return values;
        }
        float[] out = new float[values.length];
        for (int row = 0; row < values.length / nx; row++) {
            System.arraycopy(values, row * nx, out, target(row, na, nb) * nx, nx);
        }
        return out;
    }

    private static int target(int row, int na, int nb) {
        int volume = row / (na * nb);
        int a = row / nb % na;
        int b = row % nb;
        return volume * na * nb + b * na + a;
    }
}
