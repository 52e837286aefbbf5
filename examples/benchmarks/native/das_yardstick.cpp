// Delay-and-sum yardstick: AVX-512 C++, tuned by hand, for the workload of `fus bench`.
//
// 128 elements, 11 plane waves, 128 x 256 pixels, boxcar F#1, IQ at one sample per period, 32 frames per block,
// linear interpolation, phase rotation, coherent sum. Frames are innermost, so there are no gathers:
//   channels [transmit][element][sample + pad][re x 32 | im x 32], image [pixel][re x 32 | im x 32].
// One frame alone, for the lowest latency of a live view, lies interleaved: [transmit][element][sample + pad][re, im].
// Four neighbouring pixels are summed together: 16 accumulators stay in registers, and the four pixels share the cache
// lines of their samples. Apertures are packed per tile of four pixels.
#include <immintrin.h>

#include <algorithm>
#include <vector>

#include "yardstick.h"

namespace {

constexpr int ELEMENTS = 128, ANGLES = 11, SAMPLES = 1024, PAD = 5, NX = 128, NZ = 256, FRAMES = 32, TILE = 4;
constexpr int STRIDE = SAMPLES + PAD, CELL = 2 * FRAMES, ROWS_PER_BLOCK = 16, TILES_PER_ROW = NX / TILE;
constexpr double FREQUENCY = 15e6, SOUND_SPEED = 1540, PITCH = 1e-4, DX = 1e-4, DZ = 1e-4, Z0 = 2.0003e-3, F_NUMBER = 1;

double elementX(int e) { return (e - (ELEMENTS - 1) / 2.0) * PITCH; }
double pixelX(int x) { return (x - (NX - 1) / 2.0) * DX; }
double pixelZ(int z) { return Z0 + z * DZ; }
double tilt(int a) { return (-10 + 20.0 * a / (ANGLES - 1)) * M_PI / 180; }
bool active(int x, int z, int e) { return std::fabs(elementX(e) - pixelX(x)) <= pixelZ(z) / (2 * F_NUMBER); }

using yardstick::allocate;

struct Plan {
    std::vector<int> lo, start;            // per tile: first element, where its packed figures start
    float *delay, *wRe, *wIm;              // packed [tile][element][4 pixels]
    float *txDelay, *txRe, *txIm;          // [transmit][pixel]
    float *channels, *image;
    float *frame, *frameImage;             // frame 0 alone, [..][re, im]
};

Plan build() {
    Plan p;
    const int tiles = NZ * TILES_PER_ROW;
    p.lo.resize(tiles);
    p.start.resize(tiles + 1);
    int total = 0;
    for (int t = 0; t < tiles; t++) {
        const int z = t / TILES_PER_ROW, x0 = t % TILES_PER_ROW * TILE;
        int lo = ELEMENTS, hi = 0;
        for (int i = 0; i < TILE; i++)
            for (int e = 0; e < ELEMENTS; e++)
                if (active(x0 + i, z, e)) lo = std::min(lo, e), hi = std::max(hi, e + 1);
        p.lo[t] = lo;
        p.start[t] = total;
        total += hi - lo;
    }
    p.start[tiles] = total;
    p.delay = allocate<float>(TILE * size_t(total) + 64);
    p.wRe = allocate<float>(TILE * size_t(total) + 64);
    p.wIm = allocate<float>(TILE * size_t(total) + 64);
    for (int t = 0; t < tiles; t++) {
        const int z = t / TILES_PER_ROW, x0 = t % TILES_PER_ROW * TILE;
        for (int k = p.start[t]; k < p.start[t + 1]; k++)
            for (int i = 0; i < TILE; i++) {
                const int e = p.lo[t] + k - p.start[t];
                const double time = std::hypot(elementX(e) - pixelX(x0 + i), pixelZ(z)) / SOUND_SPEED;
                const double phase = 2 * M_PI * FREQUENCY * time;
                const double w = active(x0 + i, z, e) ? 1 : 0;
                p.delay[TILE * size_t(k) + i] = float(time * FREQUENCY);
                p.wRe[TILE * size_t(k) + i] = float(w * std::cos(phase));
                p.wIm[TILE * size_t(k) + i] = float(w * std::sin(phase));
            }
    }
    p.txDelay = allocate<float>(ANGLES * NX * NZ);
    p.txRe = allocate<float>(ANGLES * NX * NZ);
    p.txIm = allocate<float>(ANGLES * NX * NZ);
    for (int a = 0; a < ANGLES; a++)
        for (int z = 0; z < NZ; z++)
            for (int x = 0; x < NX; x++) {
                const double offset = std::fabs(std::sin(tilt(a))) * (ELEMENTS - 1) / 2 * PITCH;
                const double time =
                    (pixelX(x) * std::sin(tilt(a)) + pixelZ(z) * std::cos(tilt(a)) + offset) / SOUND_SPEED;
                const size_t q = (size_t(a) * NZ + z) * NX + x;
                p.txDelay[q] = float(time * FREQUENCY);
                p.txRe[q] = float(std::cos(2 * M_PI * FREQUENCY * time));
                p.txIm[q] = float(std::sin(2 * M_PI * FREQUENCY * time));
            }
    p.channels = allocate<float>(size_t(ANGLES) * ELEMENTS * STRIDE * CELL + 2 * CELL);
    for (int trace = 0; trace < ANGLES * ELEMENTS; trace++)
        for (int s = 0; s < SAMPLES; s++)
            for (int f = 0; f < FRAMES; f++) {
                const size_t o = (size_t(trace) * STRIDE + s) * CELL + f;
                const uint32_t i = ((uint32_t(f) * ANGLES * ELEMENTS + trace) * SAMPLES + s) * 2;
                p.channels[o] = float(yardstick::sample(i));
                p.channels[o + FRAMES] = float(yardstick::sample(i + 1));
            }
    p.image = allocate<float>(size_t(NX) * NZ * CELL);
    p.frame = allocate<float>((size_t(ANGLES) * ELEMENTS * STRIDE + 2) * 2);
    for (size_t cell = 0; cell < size_t(ANGLES) * ELEMENTS * STRIDE; cell++) {
        p.frame[2 * cell] = p.channels[cell * CELL];
        p.frame[2 * cell + 1] = p.channels[cell * CELL + FRAMES];
    }
    p.frameImage = allocate<float>(size_t(NX) * NZ * 2);
    return p;
}

// Where the samples of a tile stand, in floats, and the fractions between them; shift is that from cells to floats.
void locate(const Plan &p, int a, int t, int shift, int *offset, float *fraction) {
    const int count = p.start[t + 1] - p.start[t];
    const size_t tx = size_t(a) * NX * NZ + size_t(t) * TILE;
    const size_t packed = TILE * size_t(p.start[t]);
    const __m512 txDelay = _mm512_broadcast_f32x4(_mm_loadu_ps(p.txDelay + tx));
    const __m512 last = _mm512_set1_ps(SAMPLES - 1);
    __m512i cell = _mm512_add_epi32(
        _mm512_set1_epi32((a * ELEMENTS + p.lo[t]) * STRIDE),
        _mm512_mullo_epi32(_mm512_set_epi32(3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0), _mm512_set1_epi32(STRIDE)));
    for (int k = 0; k < count * TILE; k += 16) {
        const __m512 d = _mm512_add_ps(txDelay, _mm512_loadu_ps(p.delay + packed + k));
        const __m512i i = _mm512_cvttps_epi32(d);
        const __mmask16 inside = _mm512_cmp_ps_mask(d, _mm512_setzero_ps(), _CMP_GE_OQ) &
                                 _mm512_cmp_ps_mask(d, last, _CMP_LT_OQ);
        _mm512_store_ps(fraction + k, _mm512_sub_ps(d, _mm512_cvtepi32_ps(i)));
        const __m512i at = _mm512_mask_blend_epi32(inside, _mm512_set1_epi32(SAMPLES), i);
        _mm512_store_si512(offset + k, _mm512_slli_epi32(_mm512_add_epi32(cell, at), shift));
        cell = _mm512_add_epi32(cell, _mm512_set1_epi32(4 * STRIDE));
    }
}

// One tile of four pixels and one transmit.
void tile(const Plan &p, int a, int t) {
    alignas(64) int offset[ELEMENTS * TILE];
    alignas(64) float fraction[ELEMENTS * TILE];
    const int count = p.start[t + 1] - p.start[t];
    const size_t pixel = size_t(t) * TILE, tx = size_t(a) * NX * NZ + pixel;
    const size_t packed = TILE * size_t(p.start[t]);
    locate(p, a, t, 6, offset, fraction);
    __m512 re0[TILE], re1[TILE], im0[TILE], im1[TILE];
    for (int i = 0; i < TILE; i++) re0[i] = re1[i] = im0[i] = im1[i] = _mm512_setzero_ps();
    const float *data = p.channels;
    for (int k = 0; k < count * TILE; k += TILE) {
#pragma GCC unroll 4
        for (int i = 0; i < TILE; i++) {
            const float *s = data + offset[k + i];
            const __m512 f = _mm512_set1_ps(fraction[k + i]);
            const __m512 u = _mm512_set1_ps(p.wRe[packed + k + i]), v = _mm512_set1_ps(p.wIm[packed + k + i]);
            __m512 r0 = _mm512_load_ps(s), r1 = _mm512_load_ps(s + 16);
            __m512 i0 = _mm512_load_ps(s + 32), i1 = _mm512_load_ps(s + 48);
            r0 = _mm512_fmadd_ps(f, _mm512_sub_ps(_mm512_load_ps(s + 64), r0), r0);
            r1 = _mm512_fmadd_ps(f, _mm512_sub_ps(_mm512_load_ps(s + 80), r1), r1);
            i0 = _mm512_fmadd_ps(f, _mm512_sub_ps(_mm512_load_ps(s + 96), i0), i0);
            i1 = _mm512_fmadd_ps(f, _mm512_sub_ps(_mm512_load_ps(s + 112), i1), i1);
            re0[i] = _mm512_fnmadd_ps(v, i0, _mm512_fmadd_ps(u, r0, re0[i]));
            re1[i] = _mm512_fnmadd_ps(v, i1, _mm512_fmadd_ps(u, r1, re1[i]));
            im0[i] = _mm512_fmadd_ps(v, r0, _mm512_fmadd_ps(u, i0, im0[i]));
            im1[i] = _mm512_fmadd_ps(v, r1, _mm512_fmadd_ps(u, i1, im1[i]));
        }
    }
    for (int i = 0; i < TILE; i++) {
        const __m512 c = _mm512_set1_ps(p.txRe[tx + i]), s = _mm512_set1_ps(p.txIm[tx + i]);
        float *o = p.image + (pixel + i) * CELL;
        const auto add = [&](float *at, __m512 x) { _mm512_store_ps(at, _mm512_add_ps(_mm512_load_ps(at), x)); };
        add(o, _mm512_fnmadd_ps(s, im0[i], _mm512_mul_ps(c, re0[i])));
        add(o + 16, _mm512_fnmadd_ps(s, im1[i], _mm512_mul_ps(c, re1[i])));
        add(o + 32, _mm512_fmadd_ps(s, re0[i], _mm512_mul_ps(c, im0[i])));
        add(o + 48, _mm512_fmadd_ps(s, re1[i], _mm512_mul_ps(c, im1[i])));
    }
}

void block(const Plan &p) {
    for (int z0 = 0; z0 < NZ; z0 += ROWS_PER_BLOCK) {
        const int first = z0 * TILES_PER_ROW, last = (z0 + ROWS_PER_BLOCK) * TILES_PER_ROW;
        std::memset(p.image + size_t(first) * TILE * CELL, 0, size_t(last - first) * TILE * CELL * sizeof(float));
        for (int a = 0; a < ANGLES; a++)
            for (int t = first; t < last; t++) tile(p, a, t);
    }
}

// Adds the halves of the sums with real and with imaginary weights, and turns the result into the image.
void finish(const Plan &p, size_t tx, size_t pixel, __m128 u, __m128 v) {
    alignas(16) float s[4], t[4];
    _mm_store_ps(s, _mm_add_ps(u, _mm_movehl_ps(u, u)));
    _mm_store_ps(t, _mm_add_ps(v, _mm_movehl_ps(v, v)));
    const float re = s[0] - t[1], im = s[1] + t[0];
    p.frameImage[2 * pixel] += p.txRe[tx] * re - p.txIm[tx] * im;
    p.frameImage[2 * pixel + 1] += p.txRe[tx] * im + p.txIm[tx] * re;
}

// One load of 128 bits takes both samples of an interpolation, re(k), im(k), re(k+1), im(k+1), which are multiplied with
// (1 - f, 1 - f, f, f). One pixel per vector, four in flight.
void frame128(const Plan &p, int a, int t) {
    alignas(64) int offset[ELEMENTS * TILE];
    alignas(64) float fraction[ELEMENTS * TILE];
    const int count = p.start[t + 1] - p.start[t];
    const size_t pixel = size_t(t) * TILE, tx = size_t(a) * NX * NZ + pixel;
    const float *wRe = p.wRe + TILE * size_t(p.start[t]), *wIm = p.wIm + TILE * size_t(p.start[t]);
    locate(p, a, t, 1, offset, fraction);
    const __m128 slope = _mm_set_ps(1, 1, -1, -1), start = _mm_set_ps(0, 0, 1, 1);
    __m128 u[TILE] = {}, v[TILE] = {};
    for (int k = 0; k < count * TILE; k += TILE)
#pragma GCC unroll 4
        for (int i = 0; i < TILE; i++) {
            const __m128 g = _mm_fmadd_ps(_mm_set1_ps(fraction[k + i]), slope, start);
            const __m128 d = _mm_mul_ps(_mm_loadu_ps(p.frame + offset[k + i]), g);
            u[i] = _mm_fmadd_ps(d, _mm_set1_ps(wRe[k + i]), u[i]);
            v[i] = _mm_fmadd_ps(d, _mm_set1_ps(wIm[k + i]), v[i]);
        }
    for (int i = 0; i < TILE; i++) finish(p, tx + i, pixel + i, u[i], v[i]);
}

// The same with all four pixels in one vector of 512 bits, two elements in flight.
void frame512(const Plan &p, int a, int t) {
    alignas(64) int offset[ELEMENTS * TILE];
    alignas(64) float fraction[ELEMENTS * TILE];
    const int count = p.start[t + 1] - p.start[t];
    const size_t pixel = size_t(t) * TILE, tx = size_t(a) * NX * NZ + pixel;
    const float *wRe = p.wRe + TILE * size_t(p.start[t]), *wIm = p.wIm + TILE * size_t(p.start[t]);
    locate(p, a, t, 1, offset, fraction);
    const __m512 slope = _mm512_broadcast_f32x4(_mm_set_ps(1, 1, -1, -1));
    const __m512 start = _mm512_broadcast_f32x4(_mm_set_ps(0, 0, 1, 1));
    const __m512i spread = _mm512_set_epi32(3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0);
    const auto each = [&](const float *at) { // four figures, each four times
        return _mm512_permutexvar_ps(spread, _mm512_castps128_ps512(_mm_loadu_ps(at)));
    };
    __m512 u[2] = {}, v[2] = {};
    const auto add = [&](int k, int j) {
        __m512 d = _mm512_castps128_ps512(_mm_loadu_ps(p.frame + offset[k]));
        d = _mm512_insertf32x4(d, _mm_loadu_ps(p.frame + offset[k + 1]), 1);
        d = _mm512_insertf32x4(d, _mm_loadu_ps(p.frame + offset[k + 2]), 2);
        d = _mm512_insertf32x4(d, _mm_loadu_ps(p.frame + offset[k + 3]), 3);
        d = _mm512_mul_ps(d, _mm512_fmadd_ps(each(fraction + k), slope, start));
        u[j] = _mm512_fmadd_ps(d, each(wRe + k), u[j]);
        v[j] = _mm512_fmadd_ps(d, each(wIm + k), v[j]);
    };
    int k = 0;
    for (; k + 2 * TILE <= count * TILE; k += 2 * TILE) add(k, 0), add(k + TILE, 1);
    if (k < count * TILE) add(k, 0);
    u[0] = _mm512_add_ps(u[0], u[1]);
    v[0] = _mm512_add_ps(v[0], v[1]);
    finish(p, tx, pixel, _mm512_extractf32x4_ps(u[0], 0), _mm512_extractf32x4_ps(v[0], 0));
    finish(p, tx + 1, pixel + 1, _mm512_extractf32x4_ps(u[0], 1), _mm512_extractf32x4_ps(v[0], 1));
    finish(p, tx + 2, pixel + 2, _mm512_extractf32x4_ps(u[0], 2), _mm512_extractf32x4_ps(v[0], 2));
    finish(p, tx + 3, pixel + 3, _mm512_extractf32x4_ps(u[0], 3), _mm512_extractf32x4_ps(v[0], 3));
}

void single(const Plan &p, void (*sum)(const Plan &, int, int)) {
    std::memset(p.frameImage, 0, size_t(NX) * NZ * 2 * sizeof(float));
    for (int z0 = 0; z0 < NZ; z0 += ROWS_PER_BLOCK)
        for (int a = 0; a < ANGLES; a++)
            for (int t = z0 * TILES_PER_ROW; t < (z0 + ROWS_PER_BLOCK) * TILES_PER_ROW; t++) sum(p, a, t);
}

} // namespace

int main() {
    const Plan p = build();
    return yardstick::serve({
        {"tile4", {[&] { block(p); }, [&] { return yardstick::checksum(p.image, size_t(NX) * NZ * CELL); }}},
        {"frame128",
         {[&] { single(p, frame128); }, [&] { return yardstick::checksum(p.frameImage, size_t(NX) * NZ * 2); }}},
        {"frame512",
         {[&] { single(p, frame512); }, [&] { return yardstick::checksum(p.frameImage, size_t(NX) * NZ * 2); }}},
    });
}
