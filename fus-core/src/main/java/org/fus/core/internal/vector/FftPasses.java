package org.fus.core.internal.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Butterflies over one vector of lanes. A pass does {@code count} of them: butterfly {@code c} reads its values from
 * {@code x}, {@code xStride} apart, from {@code xAt + c * xStep} on, turns value {@code i > 0} by root {@code i - 1} at
 * {@code wAt + c * wStep}, transforms, and writes to {@code y} in the same manner. {@code xIm} is the distance from a
 * real part to its imaginary part.
 *
 * <p>A body holds up to 140 vector operations. That is well as long as each is a direct call of the Vector API, which the
 * compiler always inlines; behind a helper method, such as one that loads, they would end up boxed on the heap.
 */
final class FftPasses {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final FloatVector HALF_ROOT = FloatVector.broadcast(F, (float) Math.sqrt(0.5));
    private static final FloatVector MINUS_HALF_ROOT = FloatVector.broadcast(F, (float) -Math.sqrt(0.5));
    private static final FloatVector MINUS_HALF = FloatVector.broadcast(F, -0.5f);
    private static final FloatVector SIN_3 = FloatVector.broadcast(F, (float) Math.sqrt(0.75));
    private static final FloatVector COS_5 = FloatVector.broadcast(F, (float) Math.cos(0.4 * Math.PI));
    private static final FloatVector SIN_5 = FloatVector.broadcast(F, (float) Math.sin(0.4 * Math.PI));
    private static final FloatVector COS_10 = FloatVector.broadcast(F, (float) Math.cos(0.8 * Math.PI));
    private static final FloatVector SIN_10 = FloatVector.broadcast(F, (float) Math.sin(0.8 * Math.PI));

    private FftPasses() {}

    static void pass(
            int radix,
            float[] x,
            int xAt,
            int xIm,
            int xStride,
            int xStep,
            float[] y,
            int yAt,
            int yIm,
            int yStride,
            int yStep,
            float[] w,
            int wAt,
            int wStep,
            int count) {
        switch (radix) {
            case 2 -> two(x, xAt, xIm, xStride, xStep, y, yAt, yIm, yStride, yStep, w, wAt, wStep, count);
            case 3 -> three(x, xAt, xIm, xStride, xStep, y, yAt, yIm, yStride, yStep, w, wAt, wStep, count);
            case 4 -> four(x, xAt, xIm, xStride, xStep, y, yAt, yIm, yStride, yStep, w, wAt, wStep, count);
            case 5 -> five(x, xAt, xIm, xStride, xStep, y, yAt, yIm, yStride, yStep, w, wAt, wStep, count);
            case 8 -> eight(x, xAt, xIm, xStride, xStep, y, yAt, yIm, yStride, yStep, w, wAt, wStep, count);
            default -> throw new IllegalArgumentException("no pass of radix " + radix);
        }
    }

    private static void two(
            float[] x,
            int xAt,
            int xIm,
            int xStride,
            int xStep,
            float[] y,
            int yAt,
            int yIm,
            int yStride,
            int yStep,
            float[] w,
            int wAt,
            int wStep,
            int count) {
        for (int c = 0; c < count; c++) {
            int o = xAt + c * xStep;
            int k = wAt + c * wStep;
            FloatVector t;
            FloatVector u;
            FloatVector wr;
            FloatVector wi;
            FloatVector r0 = FloatVector.fromArray(F, x, o);
            FloatVector i0 = FloatVector.fromArray(F, x, o + xIm);
            o += xStride;
            t = FloatVector.fromArray(F, x, o);
            u = FloatVector.fromArray(F, x, o + xIm);
            wr = FloatVector.broadcast(F, w[k + 0]);
            wi = FloatVector.broadcast(F, w[k + 1]);
            FloatVector r1 = t.mul(wr).sub(u.mul(wi));
            FloatVector i1 = t.fma(wi, u.mul(wr));
            int p = yAt + c * yStep;
            r0.add(r1).intoArray(y, p);
            i0.add(i1).intoArray(y, p + yIm);
            p += yStride;
            r0.sub(r1).intoArray(y, p);
            i0.sub(i1).intoArray(y, p + yIm);
        }
    }

    private static void three(
            float[] x,
            int xAt,
            int xIm,
            int xStride,
            int xStep,
            float[] y,
            int yAt,
            int yIm,
            int yStride,
            int yStep,
            float[] w,
            int wAt,
            int wStep,
            int count) {
        for (int c = 0; c < count; c++) {
            int o = xAt + c * xStep;
            int k = wAt + c * wStep;
            FloatVector t;
            FloatVector u;
            FloatVector wr;
            FloatVector wi;
            FloatVector r0 = FloatVector.fromArray(F, x, o);
            FloatVector i0 = FloatVector.fromArray(F, x, o + xIm);
            o += xStride;
            t = FloatVector.fromArray(F, x, o);
            u = FloatVector.fromArray(F, x, o + xIm);
            wr = FloatVector.broadcast(F, w[k + 0]);
            wi = FloatVector.broadcast(F, w[k + 1]);
            FloatVector r1 = t.mul(wr).sub(u.mul(wi));
            FloatVector i1 = t.fma(wi, u.mul(wr));
            o += xStride;
            t = FloatVector.fromArray(F, x, o);
            u = FloatVector.fromArray(F, x, o + xIm);
            wr = FloatVector.broadcast(F, w[k + 2]);
            wi = FloatVector.broadcast(F, w[k + 3]);
            FloatVector r2 = t.mul(wr).sub(u.mul(wi));
            FloatVector i2 = t.fma(wi, u.mul(wr));
            FloatVector sr = r1.add(r2);
            FloatVector si = i1.add(i2);
            FloatVector dr = i1.sub(i2).mul(SIN_3);
            FloatVector di = r2.sub(r1).mul(SIN_3);
            FloatVector mr = sr.fma(MINUS_HALF, r0);
            FloatVector mi = si.fma(MINUS_HALF, i0);
            int p = yAt + c * yStep;
            r0.add(sr).intoArray(y, p);
            i0.add(si).intoArray(y, p + yIm);
            p += yStride;
            mr.add(dr).intoArray(y, p);
            mi.add(di).intoArray(y, p + yIm);
            p += yStride;
            mr.sub(dr).intoArray(y, p);
            mi.sub(di).intoArray(y, p + yIm);
        }
    }

    private static void four(
            float[] x,
            int xAt,
            int xIm,
            int xStride,
            int xStep,
            float[] y,
            int yAt,
            int yIm,
            int yStride,
            int yStep,
            float[] w,
            int wAt,
            int wStep,
            int count) {
        for (int c = 0; c < count; c++) {
            int o = xAt + c * xStep;
            int k = wAt + c * wStep;
            FloatVector ar = FloatVector.fromArray(F, x, o);
            FloatVector ai = FloatVector.fromArray(F, x, o + xIm);
            o += xStride;
            FloatVector t = FloatVector.fromArray(F, x, o);
            FloatVector u = FloatVector.fromArray(F, x, o + xIm);
            FloatVector br = t.mul(w[k]).sub(u.mul(w[k + 1]));
            FloatVector bi = t.mul(w[k + 1]).add(u.mul(w[k]));
            o += xStride;
            t = FloatVector.fromArray(F, x, o);
            u = FloatVector.fromArray(F, x, o + xIm);
            FloatVector cr = t.mul(w[k + 2]).sub(u.mul(w[k + 3]));
            FloatVector ci = t.mul(w[k + 3]).add(u.mul(w[k + 2]));
            o += xStride;
            t = FloatVector.fromArray(F, x, o);
            u = FloatVector.fromArray(F, x, o + xIm);
            FloatVector dr = t.mul(w[k + 4]).sub(u.mul(w[k + 5]));
            FloatVector di = t.mul(w[k + 5]).add(u.mul(w[k + 4]));
            FloatVector sr = ar.add(cr);
            FloatVector si = ai.add(ci);
            FloatVector tr = ar.sub(cr);
            FloatVector ti = ai.sub(ci);
            FloatVector ur = br.add(dr);
            FloatVector ui = bi.add(di);
            FloatVector vr = br.sub(dr);
            FloatVector vi = bi.sub(di);
            int p = yAt + c * yStep;
            sr.add(ur).intoArray(y, p);
            si.add(ui).intoArray(y, p + yIm);
            p += yStride;
            tr.add(vi).intoArray(y, p);
            ti.sub(vr).intoArray(y, p + yIm);
            p += yStride;
            sr.sub(ur).intoArray(y, p);
            si.sub(ui).intoArray(y, p + yIm);
            p += yStride;
            tr.sub(vi).intoArray(y, p);
            ti.add(vr).intoArray(y, p + yIm);
        }
    }

    /** Radix 4 where all roots are 1. */
    static void leafFour(
            float[] x,
            int xAt,
            int xIm,
            int xStride,
            int xStep,
            float[] y,
            int yAt,
            int yIm,
            int yStride,
            int yStep,
            int count) {
        for (int c = 0; c < count; c++) {
            int o = xAt + c * xStep;
            FloatVector ar = FloatVector.fromArray(F, x, o);
            FloatVector ai = FloatVector.fromArray(F, x, o + xIm);
            o += xStride;
            FloatVector br = FloatVector.fromArray(F, x, o);
            FloatVector bi = FloatVector.fromArray(F, x, o + xIm);
            o += xStride;
            FloatVector cr = FloatVector.fromArray(F, x, o);
            FloatVector ci = FloatVector.fromArray(F, x, o + xIm);
            o += xStride;
            FloatVector dr = FloatVector.fromArray(F, x, o);
            FloatVector di = FloatVector.fromArray(F, x, o + xIm);
            FloatVector sr = ar.add(cr);
            FloatVector si = ai.add(ci);
            FloatVector tr = ar.sub(cr);
            FloatVector ti = ai.sub(ci);
            FloatVector ur = br.add(dr);
            FloatVector ui = bi.add(di);
            FloatVector vr = br.sub(dr);
            FloatVector vi = bi.sub(di);
            int p = yAt + c * yStep;
            sr.add(ur).intoArray(y, p);
            si.add(ui).intoArray(y, p + yIm);
            p += yStride;
            tr.add(vi).intoArray(y, p);
            ti.sub(vr).intoArray(y, p + yIm);
            p += yStride;
            sr.sub(ur).intoArray(y, p);
            si.sub(ui).intoArray(y, p + yIm);
            p += yStride;
            tr.sub(vi).intoArray(y, p);
            ti.add(vr).intoArray(y, p + yIm);
        }
    }

    private static void five(
            float[] x,
            int xAt,
            int xIm,
            int xStride,
            int xStep,
            float[] y,
            int yAt,
            int yIm,
            int yStride,
            int yStep,
            float[] w,
            int wAt,
            int wStep,
            int count) {
        for (int c = 0; c < count; c++) {
            int o = xAt + c * xStep;
            int k = wAt + c * wStep;
            FloatVector t;
            FloatVector u;
            FloatVector wr;
            FloatVector wi;
            FloatVector r0 = FloatVector.fromArray(F, x, o);
            FloatVector i0 = FloatVector.fromArray(F, x, o + xIm);
            o += xStride;
            t = FloatVector.fromArray(F, x, o);
            u = FloatVector.fromArray(F, x, o + xIm);
            wr = FloatVector.broadcast(F, w[k + 0]);
            wi = FloatVector.broadcast(F, w[k + 1]);
            FloatVector r1 = t.mul(wr).sub(u.mul(wi));
            FloatVector i1 = t.fma(wi, u.mul(wr));
            o += xStride;
            t = FloatVector.fromArray(F, x, o);
            u = FloatVector.fromArray(F, x, o + xIm);
            wr = FloatVector.broadcast(F, w[k + 2]);
            wi = FloatVector.broadcast(F, w[k + 3]);
            FloatVector r2 = t.mul(wr).sub(u.mul(wi));
            FloatVector i2 = t.fma(wi, u.mul(wr));
            o += xStride;
            t = FloatVector.fromArray(F, x, o);
            u = FloatVector.fromArray(F, x, o + xIm);
            wr = FloatVector.broadcast(F, w[k + 4]);
            wi = FloatVector.broadcast(F, w[k + 5]);
            FloatVector r3 = t.mul(wr).sub(u.mul(wi));
            FloatVector i3 = t.fma(wi, u.mul(wr));
            o += xStride;
            t = FloatVector.fromArray(F, x, o);
            u = FloatVector.fromArray(F, x, o + xIm);
            wr = FloatVector.broadcast(F, w[k + 6]);
            wi = FloatVector.broadcast(F, w[k + 7]);
            FloatVector r4 = t.mul(wr).sub(u.mul(wi));
            FloatVector i4 = t.fma(wi, u.mul(wr));
            FloatVector ar = r1.add(r4);
            FloatVector ai = i1.add(i4);
            FloatVector br = r2.add(r3);
            FloatVector bi = i2.add(i3);
            FloatVector cr = i1.sub(i4);
            FloatVector ci = r4.sub(r1);
            FloatVector dr = i2.sub(i3);
            FloatVector di = r3.sub(r2);
            FloatVector er = ar.fma(COS_5, br.fma(COS_10, r0));
            FloatVector ei = ai.fma(COS_5, bi.fma(COS_10, i0));
            FloatVector fr = ar.fma(COS_10, br.fma(COS_5, r0));
            FloatVector fi = ai.fma(COS_10, bi.fma(COS_5, i0));
            FloatVector gr = cr.mul(SIN_5).add(dr.mul(SIN_10));
            FloatVector gi = ci.mul(SIN_5).add(di.mul(SIN_10));
            FloatVector hr = cr.mul(SIN_10).sub(dr.mul(SIN_5));
            FloatVector hi = ci.mul(SIN_10).sub(di.mul(SIN_5));
            int p = yAt + c * yStep;
            r0.add(ar).add(br).intoArray(y, p);
            i0.add(ai).add(bi).intoArray(y, p + yIm);
            p += yStride;
            er.add(gr).intoArray(y, p);
            ei.add(gi).intoArray(y, p + yIm);
            p += yStride;
            fr.add(hr).intoArray(y, p);
            fi.add(hi).intoArray(y, p + yIm);
            p += yStride;
            fr.sub(hr).intoArray(y, p);
            fi.sub(hi).intoArray(y, p + yIm);
            p += yStride;
            er.sub(gr).intoArray(y, p);
            ei.sub(gi).intoArray(y, p + yIm);
        }
    }

    private static void eight(
            float[] x,
            int xAt,
            int xIm,
            int xStride,
            int xStep,
            float[] y,
            int yAt,
            int yIm,
            int yStride,
            int yStep,
            float[] w,
            int wAt,
            int wStep,
            int count) {
        for (int c = 0; c < count; c++) {
            int o = xAt + c * xStep;
            int k = wAt + c * wStep;
            FloatVector t;
            FloatVector u;
            FloatVector wr;
            FloatVector wi;
            FloatVector r0 = FloatVector.fromArray(F, x, o);
            FloatVector i0 = FloatVector.fromArray(F, x, o + xIm);
            t = FloatVector.fromArray(F, x, o + 4 * xStride);
            u = FloatVector.fromArray(F, x, o + 4 * xStride + xIm);
            wr = FloatVector.broadcast(F, w[k + 6]);
            wi = FloatVector.broadcast(F, w[k + 7]);
            FloatVector r1 = t.mul(wr).sub(u.mul(wi));
            FloatVector i1 = t.fma(wi, u.mul(wr));
            FloatVector a0r = r0.add(r1);
            FloatVector a0i = i0.add(i1);
            FloatVector a1r = r0.sub(r1);
            FloatVector a1i = i0.sub(i1);
            t = FloatVector.fromArray(F, x, o + 2 * xStride);
            u = FloatVector.fromArray(F, x, o + 2 * xStride + xIm);
            wr = FloatVector.broadcast(F, w[k + 2]);
            wi = FloatVector.broadcast(F, w[k + 3]);
            r0 = t.mul(wr).sub(u.mul(wi));
            i0 = t.fma(wi, u.mul(wr));
            t = FloatVector.fromArray(F, x, o + 6 * xStride);
            u = FloatVector.fromArray(F, x, o + 6 * xStride + xIm);
            wr = FloatVector.broadcast(F, w[k + 10]);
            wi = FloatVector.broadcast(F, w[k + 11]);
            r1 = t.mul(wr).sub(u.mul(wi));
            i1 = t.fma(wi, u.mul(wr));
            FloatVector a2r = r0.add(r1);
            FloatVector a2i = i0.add(i1);
            FloatVector a3r = r0.sub(r1);
            FloatVector a3i = i0.sub(i1);
            FloatVector e0r = a0r.add(a2r);
            FloatVector e0i = a0i.add(a2i);
            FloatVector e2r = a0r.sub(a2r);
            FloatVector e2i = a0i.sub(a2i);
            FloatVector e1r = a1r.add(a3i);
            FloatVector e1i = a1i.sub(a3r);
            FloatVector e3r = a1r.sub(a3i);
            FloatVector e3i = a1i.add(a3r);
            t = FloatVector.fromArray(F, x, o + 1 * xStride);
            u = FloatVector.fromArray(F, x, o + 1 * xStride + xIm);
            wr = FloatVector.broadcast(F, w[k + 0]);
            wi = FloatVector.broadcast(F, w[k + 1]);
            r0 = t.mul(wr).sub(u.mul(wi));
            i0 = t.fma(wi, u.mul(wr));
            t = FloatVector.fromArray(F, x, o + 5 * xStride);
            u = FloatVector.fromArray(F, x, o + 5 * xStride + xIm);
            wr = FloatVector.broadcast(F, w[k + 8]);
            wi = FloatVector.broadcast(F, w[k + 9]);
            r1 = t.mul(wr).sub(u.mul(wi));
            i1 = t.fma(wi, u.mul(wr));
            a0r = r0.add(r1);
            a0i = i0.add(i1);
            a1r = r0.sub(r1);
            a1i = i0.sub(i1);
            t = FloatVector.fromArray(F, x, o + 3 * xStride);
            u = FloatVector.fromArray(F, x, o + 3 * xStride + xIm);
            wr = FloatVector.broadcast(F, w[k + 4]);
            wi = FloatVector.broadcast(F, w[k + 5]);
            r0 = t.mul(wr).sub(u.mul(wi));
            i0 = t.fma(wi, u.mul(wr));
            t = FloatVector.fromArray(F, x, o + 7 * xStride);
            u = FloatVector.fromArray(F, x, o + 7 * xStride + xIm);
            wr = FloatVector.broadcast(F, w[k + 12]);
            wi = FloatVector.broadcast(F, w[k + 13]);
            r1 = t.mul(wr).sub(u.mul(wi));
            i1 = t.fma(wi, u.mul(wr));
            a2r = r0.add(r1);
            a2i = i0.add(i1);
            a3r = r0.sub(r1);
            a3i = i0.sub(i1);
            FloatVector o0r = a0r.add(a2r);
            FloatVector o0i = a0i.add(a2i);
            FloatVector o2r = a0r.sub(a2r);
            FloatVector o2i = a0i.sub(a2i);
            FloatVector q1r = a1r.add(a3i);
            FloatVector q1i = a1i.sub(a3r);
            FloatVector q3r = a1r.sub(a3i);
            FloatVector q3i = a1i.add(a3r);
            FloatVector o1r = q1r.add(q1i);
            FloatVector o1i = q1i.sub(q1r);
            FloatVector o3r = q3i.sub(q3r);
            FloatVector o3i = q3r.add(q3i);
            int p = yAt + c * yStep;
            e0r.add(o0r).intoArray(y, p);
            e0i.add(o0i).intoArray(y, p + yIm);
            o1r.fma(HALF_ROOT, e1r).intoArray(y, p + yStride);
            o1i.fma(HALF_ROOT, e1i).intoArray(y, p + yStride + yIm);
            e2r.add(o2i).intoArray(y, p + 2 * yStride);
            e2i.sub(o2r).intoArray(y, p + 2 * yStride + yIm);
            o3r.fma(HALF_ROOT, e3r).intoArray(y, p + 3 * yStride);
            o3i.fma(MINUS_HALF_ROOT, e3i).intoArray(y, p + 3 * yStride + yIm);
            e0r.sub(o0r).intoArray(y, p + 4 * yStride);
            e0i.sub(o0i).intoArray(y, p + 4 * yStride + yIm);
            o1r.fma(MINUS_HALF_ROOT, e1r).intoArray(y, p + 5 * yStride);
            o1i.fma(MINUS_HALF_ROOT, e1i).intoArray(y, p + 5 * yStride + yIm);
            e2r.sub(o2i).intoArray(y, p + 6 * yStride);
            e2i.add(o2r).intoArray(y, p + 6 * yStride + yIm);
            o3r.fma(MINUS_HALF_ROOT, e3r).intoArray(y, p + 7 * yStride);
            o3i.fma(HALF_ROOT, e3i).intoArray(y, p + 7 * yStride + yIm);
        }
    }
}
