package org.fus.io.nifti;

import java.nio.ByteBuffer;
import org.fus.core.geometry.Affine3;

/**
 * Where the voxels of an image are. Axes of the image are (i, j, k) = (x lateral, z depth, y elevation); its space is
 * right-handed, in millimetres: X lateral, Y depth, positive away from the probe, Z elevation. This is the convention of
 * fUSI-BIDS. Complexity: constant.
 */
final class NiftiAffine {
    private static final double MM_PER_M = 1e3;

    /** PROBE (x, y, z up) to the space of the image in metres: (x, -z, y). */
    private static final Affine3 PROBE_TO_IMAGE = Affine3.ofRowMajor(1, 0, 0, 0, 0, 0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 1);

    /** Voxel indices (i, j, k) to (ix, iy, iz). Its own inverse. */
    private static final Affine3 SWAP_YZ = Affine3.ofRowMajor(1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1);

    /** Columns of a qform are orthogonal; single precision leaves at most this. */
    private static final double ORTHOGONAL = 1e-6;

    /** Of 1 - b^2 - c^2 - d^2: 2 (|b| + |c| + |d|) times half a unit of single precision, at most 2 sqrt(3) 6e-8. */
    private static final double SQUARE_ERROR = 2.1e-7;

    private NiftiAffine() {}

    /** From zero-based (i, j, k) to the space of the image in millimetres. */
    static Affine3 ofVoxelsToProbe(Affine3 voxelsToProbe) {
        return scaled(PROBE_TO_IMAGE.after(voxelsToProbe).after(SWAP_YZ), MM_PER_M);
    }

    /** The inverse of {@link #ofVoxelsToProbe} for an image in a given unit. */
    static Affine3 voxelsToProbe(Affine3 imageAffine, double metresPerUnit) {
        return scaled(PROBE_TO_IMAGE.inverse().after(imageAffine).after(SWAP_YZ), metresPerUnit);
    }

    /** Length of a column: the size of a voxel along an axis. */
    static double columnLength(Affine3 a, int column) {
        return Math.hypot(Math.hypot(a.at(0, column), a.at(1, column)), a.at(2, column));
    }

    static Affine3 sform(NiftiHeader h) {
        double[] m = new double[16];
        for (int i = 0; i < 12; i++) {
            m[i] = h.finite(NiftiField.SROW, i);
        }
        m[15] = 1;
        return Affine3.ofRowMajor(m);
    }

    /** The rotation of the quaternion, scaled by the voxel size, as the format defines it. */
    static Affine3 qform(NiftiHeader h) {
        double b = h.finite(NiftiField.QUATERN, 0);
        double c = h.finite(NiftiField.QUATERN, 1);
        double d = h.finite(NiftiField.QUATERN, 2);
        double rest = 1 - (b * b + c * c + d * d);
        double a = Math.sqrt(Math.max(0, rest));
        if (rest < 0) {
            // Single precision can leave the length just above 1.
            double norm = Math.sqrt(b * b + c * c + d * d);
            b /= norm;
            c /= norm;
            d /= norm;
        }
        double dx = h.finite(NiftiField.PIXDIM, 1);
        double dy = h.finite(NiftiField.PIXDIM, 2);
        double dz = h.finite(NiftiField.PIXDIM, 3) * (h.number(NiftiField.PIXDIM, 0) < 0 ? -1 : 1);
        return Affine3.ofRowMajor(
                (a * a + b * b - c * c - d * d) * dx,
                2 * (b * c - a * d) * dy,
                2 * (b * d + a * c) * dz,
                h.finite(NiftiField.QOFFSET, 0),
                2 * (b * c + a * d) * dx,
                (a * a + c * c - b * b - d * d) * dy,
                2 * (c * d - a * b) * dz,
                h.finite(NiftiField.QOFFSET, 1),
                2 * (b * d - a * c) * dx,
                2 * (c * d + a * b) * dy,
                (a * a + d * d - c * c - b * b) * dz,
                h.finite(NiftiField.QOFFSET, 2),
                0,
                0,
                0,
                1);
    }

    /**
     * How far the real part of the quaternion may be off. The format leaves it out; it follows from the other three, whose
     * rounding in single precision moves its square by at most 2.1e-7, so that a small one is known to 4.6e-4 alone.
     */
    static double quaternionError(NiftiHeader h) {
        double b = h.finite(NiftiField.QUATERN, 0);
        double c = h.finite(NiftiField.QUATERN, 1);
        double d = h.finite(NiftiField.QUATERN, 2);
        double square = Math.max(0, 1 - (b * b + c * c + d * d));
        return Math.min(SQUARE_ERROR / (2 * Math.sqrt(square)), Math.sqrt(SQUARE_ERROR));
    }

    /** Whether voxel size, rotation and offset say everything about a map. */
    static boolean isRigid(Affine3 a) {
        for (int c = 0; c < 3; c++) {
            int d = (c + 1) % 3;
            double dot = a.at(0, c) * a.at(0, d) + a.at(1, c) * a.at(1, d) + a.at(2, c) * a.at(2, d);
            if (!(Math.abs(dot) <= ORTHOGONAL * columnLength(a, c) * columnLength(a, d))) {
                return false;
            }
        }
        return true;
    }

    /** Puts voxel size, quaternion and offset; for a sheared map those of its columns made orthogonal in order. */
    static void putQform(ByteBuffer header, int version, Affine3 a) {
        double[][] r = orthonormal(a);
        double det = r[0][0] * (r[1][1] * r[2][2] - r[1][2] * r[2][1])
                - r[0][1] * (r[1][0] * r[2][2] - r[1][2] * r[2][0])
                + r[0][2] * (r[1][0] * r[2][1] - r[1][1] * r[2][0]);
        double handedness = det < 0 ? -1 : 1;
        NiftiField.PIXDIM.put(header, version, 0, handedness);
        for (int i = 0; i < 3; i++) {
            NiftiField.PIXDIM.put(header, version, i + 1, columnLength(a, i));
            NiftiField.QOFFSET.put(header, version, i, a.at(i, 3));
            r[i][2] *= handedness;
        }
        double[] q = quaternion(r);
        for (int i = 0; i < 3; i++) {
            NiftiField.QUATERN.put(header, version, i, q[i + 1]);
        }
    }

    static void putSform(ByteBuffer header, int version, Affine3 a) {
        for (int i = 0; i < 12; i++) {
            NiftiField.SROW.put(header, version, i, a.at(i / 4, i % 4));
        }
    }

    private static double[][] orthonormal(Affine3 a) {
        double[][] r = new double[3][3];
        for (int c = 0; c < 3; c++) {
            double[] v = {a.at(0, c), a.at(1, c), a.at(2, c)};
            for (int earlier = 0; earlier < c; earlier++) {
                double dot = v[0] * r[0][earlier] + v[1] * r[1][earlier] + v[2] * r[2][earlier];
                for (int i = 0; i < 3; i++) {
                    v[i] -= dot * r[i][earlier];
                }
            }
            double norm = Math.hypot(Math.hypot(v[0], v[1]), v[2]);
            for (int i = 0; i < 3; i++) {
                r[i][c] = v[i] / norm;
            }
        }
        return r;
    }

    /** (a, b, c, d) with a at least 0, by the largest of its parts, which keeps the division accurate. */
    private static double[] quaternion(double[][] r) {
        double[] squares = {
            1 + r[0][0] + r[1][1] + r[2][2],
            1 + r[0][0] - r[1][1] - r[2][2],
            1 - r[0][0] + r[1][1] - r[2][2],
            1 - r[0][0] - r[1][1] + r[2][2]
        };
        int largest = 0;
        for (int i = 1; i < 4; i++) {
            largest = squares[i] > squares[largest] ? i : largest;
        }
        double p = Math.sqrt(squares[largest]) / 2;
        double f = 0.25 / p;
        double ab = (r[2][1] - r[1][2]) * f;
        double ac = (r[0][2] - r[2][0]) * f;
        double ad = (r[1][0] - r[0][1]) * f;
        double bc = (r[0][1] + r[1][0]) * f;
        double bd = (r[0][2] + r[2][0]) * f;
        double cd = (r[1][2] + r[2][1]) * f;
        double[] q = switch (largest) {
            case 0 -> new double[] {p, ab, ac, ad};
            case 1 -> new double[] {ab, p, bc, bd};
            case 2 -> new double[] {ac, bc, p, cd};
            default -> new double[] {ad, bd, cd, p};
        };
        if (q[0] < 0) {
            for (int i = 0; i < 4; i++) {
                q[i] = -q[i];
            }
        }
        return q;
    }

    private static Affine3 scaled(Affine3 a, double factor) {
        double[] m = a.toRowMajor();
        for (int i = 0; i < 12; i++) {
            m[i] *= factor;
        }
        return Affine3.ofRowMajor(m);
    }
}
