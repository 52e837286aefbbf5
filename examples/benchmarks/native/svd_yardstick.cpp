// Singular value clutter filter to power Doppler: OpenBLAS and LAPACKE, one thread, 32768 pixels x 200 frames.
//
// accurate: conversion to complex128, zherk, zheevd, projection in complex64; fast: cherk, cheevd, projection.
// The power is taken either from what is left without the 40 removed vectors, or from the 160 kept ones; both in blocks
// of pixels that stay in the second-level cache. The faster of the two counts.
#include <cblas.h>
#include <lapacke.h>

#include <complex>
#include <vector>

#include "yardstick.h"

namespace {

constexpr int PIXELS = 32768, FRAMES = 200, REMOVED = 40, KEPT = FRAMES - REMOVED, CLUTTER = 20, BLOCK = 1024;
using cfloat = std::complex<float>;
using cdouble = std::complex<double>;

// 20 components of tissue in every pixel, blood in every tenth, a little noise everywhere: the same as in Java.
cfloat *ensemble(double clutterDb) {
    cfloat *x = yardstick::allocate<cfloat>(size_t(PIXELS) * FRAMES);
    std::vector<double> c(CLUTTER * FRAMES), s(CLUTTER * FRAMES);
    for (int k = 0; k < CLUTTER; k++)
        for (int t = 0; t < FRAMES; t++) {
            const double phase = 2 * M_PI * (k - CLUTTER / 2) * 0.15 * t / FRAMES;
            c[k * FRAMES + t] = std::pow(0.7, k) * std::cos(phase);
            s[k * FRAMES + t] = std::pow(0.7, k) * std::sin(phase);
        }
    const double amplitude = std::pow(10, clutterDb / 20);
    for (int p = 0; p < PIXELS; p++)
        for (int t = 0; t < FRAMES; t++) {
            const uint32_t i = (uint32_t(p) * FRAMES + t) * 2;
            const double blood = (p % 10 == 3 ? 1 : 0.01) / 2048;
            double re = blood * yardstick::sample(i), im = blood * yardstick::sample(i + 1);
            for (int k = 0; k < CLUTTER; k++) {
                const uint32_t j = 100000000u + (uint32_t(p) * CLUTTER + k) * 2;
                const double a = amplitude / 2048 * yardstick::sample(j), b = amplitude / 2048 * yardstick::sample(j + 1);
                re += a * c[k * FRAMES + t] - b * s[k * FRAMES + t];
                im += a * s[k * FRAMES + t] + b * c[k * FRAMES + t];
            }
            x[size_t(p) * FRAMES + t] = cfloat(float(re), float(im));
        }
    return x;
}

struct Work {
    cfloat *strong = ensemble(60), *weak = ensemble(30);
    cdouble *wide = yardstick::allocate<cdouble>(size_t(BLOCK) * FRAMES);
    cdouble *gramWide = yardstick::allocate<cdouble>(FRAMES * FRAMES);
    cfloat *gram = yardstick::allocate<cfloat>(FRAMES * FRAMES);
    cfloat *product = yardstick::allocate<cfloat>(BLOCK * FRAMES);
    cfloat *rest = yardstick::allocate<cfloat>(BLOCK * FRAMES);
    float *power = yardstick::allocate<float>(PIXELS);
};

// Eigenvectors in ascending order, as columns of w.gram. Conversion by blocks, so that complex128 stays in the cache.
void decomposeAccurate(Work &w) {
    double values[FRAMES];
    for (int p = 0; p < PIXELS; p += BLOCK) {
        for (size_t i = 0; i < size_t(BLOCK) * FRAMES; i++) w.wide[i] = w.strong[size_t(p) * FRAMES + i];
        cblas_zherk(CblasColMajor, CblasLower, CblasNoTrans, FRAMES, BLOCK, 1, w.wide, FRAMES, p == 0 ? 0 : 1, w.gramWide,
                    FRAMES);
    }
    LAPACKE_zheevd(LAPACK_COL_MAJOR, 'V', 'L', FRAMES, reinterpret_cast<lapack_complex_double *>(w.gramWide), FRAMES,
                   values);
    for (int i = 0; i < FRAMES * FRAMES; i++) w.gram[i] = cfloat(w.gramWide[i]);
}

void decomposeFast(Work &w) {
    float values[FRAMES];
    cblas_cherk(CblasColMajor, CblasLower, CblasNoTrans, FRAMES, PIXELS, 1, w.weak, FRAMES, 0, w.gram, FRAMES);
    LAPACKE_cheevd(LAPACK_COL_MAJOR, 'V', 'L', FRAMES, reinterpret_cast<lapack_complex_float *>(w.gram), FRAMES, values);
}

void sumSquares(Work &w, int p, const cfloat *y, int length) {
    for (int q = 0; q < BLOCK; q++) {
        const float *v = reinterpret_cast<const float *>(y + size_t(q) * length);
        float sum = 0;
        for (int k = 0; k < 2 * length; k++) sum += v[k] * v[k];
        w.power[p + q] = sum / FRAMES;
    }
}

void powerWithoutRemoved(Work &w, const cfloat *x) {
    const cfloat one = 1, zero = 0, minus = -1, *v = w.gram + size_t(KEPT) * FRAMES;
    for (int p = 0; p < PIXELS; p += BLOCK) {
        const cfloat *from = x + size_t(p) * FRAMES;
        cblas_cgemm(CblasColMajor, CblasConjTrans, CblasNoTrans, REMOVED, BLOCK, FRAMES, &one, v, FRAMES, from, FRAMES,
                    &zero, w.product, REMOVED);
        std::memcpy(w.rest, from, sizeof(cfloat) * BLOCK * FRAMES);
        cblas_cgemm(CblasColMajor, CblasNoTrans, CblasNoTrans, FRAMES, BLOCK, REMOVED, &minus, v, FRAMES, w.product,
                    REMOVED, &one, w.rest, FRAMES);
        sumSquares(w, p, w.rest, FRAMES);
    }
}

void powerFromKept(Work &w, const cfloat *x) {
    const cfloat one = 1, zero = 0;
    for (int p = 0; p < PIXELS; p += BLOCK) {
        cblas_cgemm(CblasColMajor, CblasConjTrans, CblasNoTrans, KEPT, BLOCK, FRAMES, &one, w.gram, FRAMES,
                    x + size_t(p) * FRAMES, FRAMES, &zero, w.product, KEPT);
        sumSquares(w, p, w.product, KEPT);
    }
}

} // namespace

int main() {
    openblas_set_num_threads(1);
    Work w;
    // The variants share their output, so a checksum is that of a fresh call.
    const auto variant = [&](void (*decompose)(Work &), void (*power)(Work &, const cfloat *), const cfloat *x) {
        const auto run = [&w, decompose, power, x] { decompose(w), power(w, x); };
        return yardstick::Variant{run, [&w, run] {
                                      run();
                                      return yardstick::checksum(w.power, PIXELS);
                                  }};
    };
    return yardstick::serve({
        {"zherk-removed", variant(decomposeAccurate, powerWithoutRemoved, w.strong)},
        {"zherk-kept", variant(decomposeAccurate, powerFromKept, w.strong)},
        {"cherk-removed", variant(decomposeFast, powerWithoutRemoved, w.weak)},
        {"cherk-kept", variant(decomposeFast, powerFromKept, w.weak)},
    });
}
