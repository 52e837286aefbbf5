// RF to IQ yardstick: AVX-512 C++ of the streaming demodulator, writing the same frames-innermost layout.
//
// 32 frames, 11 transmits, 128 channels, 1024 int16 samples at four times the centre frequency; complex band-pass FIR of
// 65 taps (a sinc of 8 lobes either side under a Hamming window, cutoff fs / 8), decimation by 4. At this rate the mixer
// turns by whole turns between output samples, so nothing is left to rotate; every second tap is real, the others are
// imaginary, and the zeros of the sinc are left out.
//   in [frame][transmit][channel][sample], out [transmit][channel][sample + pad][re x 32 | im x 32]
#include <immintrin.h>

#include <vector>

#include "yardstick.h"

namespace {

constexpr int FRAMES = 32, TRACES = 11 * 128, SAMPLES = 1024, STEP = 4, OUT = SAMPLES / STEP, STRIDE = OUT + 5;
constexpr int REACH = 32, CELL = 2 * FRAMES;

struct Tap {
    int row;
    float value;
};

int16_t *rf;
float *iq, *rows;
std::vector<Tap> real, imaginary;

void build() {
    const size_t perFrame = size_t(TRACES) * SAMPLES;
    rf = yardstick::allocate<int16_t>(FRAMES * perFrame);
    for (size_t i = 0; i < FRAMES * perFrame; i++) rf[i] = int16_t(yardstick::sample(uint32_t(i)));
    iq = yardstick::allocate<float>(size_t(TRACES) * STRIDE * CELL);
    rows = yardstick::allocate<float>(size_t(SAMPLES + 2 * REACH) * FRAMES);
    double h[2 * REACH + 1], sum = 0;
    for (int k = -REACH; k <= REACH; k++) {
        const double x = M_PI / 4 * k;
        h[k + REACH] = (k == 0 ? 1 : std::sin(x) / x) * (0.54 + 0.46 * std::cos(M_PI * k / REACH));
        sum += h[k + REACH];
    }
    for (int k = -REACH; k <= REACH; k++) {
        if (k % 4 == 0 && k != 0) continue; // a zero of the sinc
        const int quarter = ((-k) % 4 + 4) % 4; // exp(-j pi k / 2)
        const double tap = 2 * h[k + REACH] / sum * (quarter < 2 ? 1 : -1);
        (quarter % 2 == 0 ? real : imaginary).push_back({k + REACH, float(tap)});
    }
}

// 16 samples of 16 frames: four perfect shuffles, each of which rotates the bits of (row, column) by one place.
inline void transpose(const int16_t *from, size_t frameStride, float *to) {
    const __m512i low = _mm512_set_epi32(23, 7, 22, 6, 21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0);
    const __m512i high = _mm512_set_epi32(31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8);
    __m512 a[16], b[16];
#pragma GCC unroll 16
    for (int f = 0; f < 16; f++)
        a[f] = _mm512_cvtepi32_ps(_mm512_cvtepi16_epi32(
            _mm256_loadu_si256(reinterpret_cast<const __m256i *>(from + f * frameStride))));
#pragma GCC unroll 4
    for (int stage = 0; stage < 4; stage++) {
#pragma GCC unroll 8
        for (int i = 0; i < 8; i++) {
            b[2 * i] = _mm512_permutex2var_ps(a[i], low, a[i + 8]);
            b[2 * i + 1] = _mm512_permutex2var_ps(a[i], high, a[i + 8]);
        }
#pragma GCC unroll 16
        for (int i = 0; i < 16; i++) a[i] = b[i];
    }
#pragma GCC unroll 16
    for (int s = 0; s < 16; s++) _mm512_store_ps(to + s * FRAMES, a[s]);
}

// Four output samples of 16 frames.
inline void filter(const std::vector<Tap> &taps, const float *at, float *to) {
    __m512 s[4] = {};
    for (const Tap &tap : taps) {
        const __m512 t = _mm512_set1_ps(tap.value);
        const float *row = at + tap.row * FRAMES;
#pragma GCC unroll 4
        for (int m = 0; m < 4; m++) s[m] = _mm512_fmadd_ps(t, _mm512_load_ps(row + m * STEP * FRAMES), s[m]);
    }
#pragma GCC unroll 4
    for (int m = 0; m < 4; m++) _mm512_storeu_ps(to + m * CELL, s[m]);
}

void demodulate() {
    for (int trace = 0; trace < TRACES; trace++) {
        for (int s = 0; s < SAMPLES; s += 16)
            for (int f = 0; f < FRAMES; f += 16)
                transpose(rf + (size_t(f) * TRACES + trace) * SAMPLES + s, size_t(TRACES) * SAMPLES,
                          rows + (REACH + s) * FRAMES + f);
        float *out = iq + size_t(trace) * STRIDE * CELL;
        for (int m = 0; m < OUT; m += 4)
            for (int f = 0; f < FRAMES; f += 16) {
                filter(real, rows + m * STEP * FRAMES + f, out + m * CELL + f);
                filter(imaginary, rows + m * STEP * FRAMES + f, out + m * CELL + FRAMES + f);
            }
    }
}

} // namespace

int main() {
    build();
    return yardstick::serve({
        {"transpose16",
         {[] { demodulate(); }, [] { return yardstick::checksum(iq, size_t(TRACES) * STRIDE * CELL); }}},
    });
}
