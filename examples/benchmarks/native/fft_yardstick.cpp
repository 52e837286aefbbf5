// FFT yardstick: FFTW in single precision, planned with FFTW_MEASURE, for the workload of `fus bench`.
//
// 45056 complex records of 1024 samples, contiguous, transformed forward in place, one thread. That is the layout that
// suits FFTW best; the Java side has its records side by side. Neither is charged for a transpose.
#include "yardstick.h"

#include <fftw3.h>

namespace {

constexpr int RECORDS = 45056, LENGTH = 1024;
constexpr size_t VALUES = size_t(2) * RECORDS * LENGTH;

} // namespace

int main() {
    float *data = yardstick::allocate<float>(VALUES);
    fftwf_complex *records = reinterpret_cast<fftwf_complex *>(data);
    const fftwf_plan plan = fftwf_plan_dft_1d(LENGTH, records, records, FFTW_FORWARD, FFTW_MEASURE);
    const auto fill = [&] {
        for (size_t i = 0; i < VALUES; i++) data[i] = static_cast<float>(yardstick::sample(static_cast<uint32_t>(i)));
    };
    const auto run = [&] {
        for (int r = 0; r < RECORDS; r++) {
            fftwf_complex *record = records + size_t(r) * LENGTH;
            fftwf_execute_dft(plan, record, record);
        }
    };
    return yardstick::serve({{"fftw", {run, [&] { return yardstick::checksum(data, VALUES); }, fill}}});
}
