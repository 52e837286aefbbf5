// What the native yardsticks share: protocol, clocks, memory, and the hash that fills inputs in C++ and in Java alike.
//
// Protocol: a program prints "ready"; then reads "run VARIANT N" and answers N times wall and CPU milliseconds of a call
// on one line, or reads "check VARIANT" and answers the checksum of that variant's last output, or ends at end of input.
#pragma once
#include <sys/mman.h>
#include <time.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <iostream>
#include <map>
#include <string>

namespace yardstick {

// Zeroed memory on huge pages, so that both sides read large tables through as few translations as the system allows.
template <class T> T *allocate(size_t count) {
    const size_t page = 2u << 20, bytes = (count * sizeof(T) / page + 1) * page;
    void *p = std::aligned_alloc(page, bytes);
    if (p == nullptr) {
        std::fprintf(stderr, "no memory for %zu bytes\n", bytes);
        std::exit(1);
    }
    madvise(p, bytes, MADV_HUGEPAGE);
    std::memset(p, 0, bytes);
    return static_cast<T *>(p);
}

// A whole number from -2048 to 2047.
inline int sample(uint32_t i) {
    uint32_t h = i * 2654435761u;
    h ^= h >> 15;
    h *= 2246822519u;
    h ^= h >> 13;
    return static_cast<int>(h >> 20) - 2048;
}

// Sum of the magnitudes of every 97th value.
template <class T> double checksum(const T *values, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i += 97) sum += std::fabs(static_cast<double>(values[i]));
    return sum;
}

struct Variant {
    std::function<void()> run;
    std::function<double()> check;
    std::function<void()> prepare = [] {}; // before each call, not timed; for work that overwrites its input
};

inline double milliseconds(clockid_t clock) {
    timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * 1e3 + t.tv_nsec * 1e-6;
}

inline int serve(const std::map<std::string, Variant> &variants) {
    std::printf("ready\n");
    std::fflush(stdout);
    std::string command, name;
    while (std::cin >> command >> name) {
        const auto found = variants.find(name);
        if (found == variants.end()) {
            std::printf("unknown variant %s", name.c_str());
        } else if (command == "run") {
            int n = 0;
            std::cin >> n;
            for (int i = 0; i < n; i++) {
                found->second.prepare();
                const double wall = milliseconds(CLOCK_MONOTONIC), cpu = milliseconds(CLOCK_PROCESS_CPUTIME_ID);
                found->second.run();
                std::printf("%.4f %.4f ", milliseconds(CLOCK_MONOTONIC) - wall,
                            milliseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu);
            }
        } else if (command == "check") {
            std::printf("%.12g", found->second.check());
        }
        std::printf("\n");
        std::fflush(stdout);
    }
    return 0;
}

} // namespace yardstick
