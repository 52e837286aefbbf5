package org.fus.examples.bench;

import java.util.List;

/**
 * A native program of {@code examples/benchmarks/native}.
 *
 * @param source file name, in C++; it may include {@code yardstick.h}
 * @param libraries what it links, such as {@code openblas}
 */
public record YardstickProgram(String source, List<String> libraries) {
    /** Copies the list. */
    public YardstickProgram {
        libraries = List.copyOf(libraries);
    }

    /** Delay-and-sum, needs no library. */
    public static final YardstickProgram DAS = new YardstickProgram("das_yardstick.cpp", List.of());

    /** Fourier transforms, needs FFTW in single precision (Debian: libfftw3-dev). */
    public static final YardstickProgram FFT = new YardstickProgram("fft_yardstick.cpp", List.of("fftw3f"));

    /** Singular value clutter filter on OpenBLAS and LAPACKE (Debian: libopenblas-dev, liblapacke-dev). */
    public static final YardstickProgram SVD =
            new YardstickProgram("svd_yardstick.cpp", List.of("openblas", "lapacke"));
}
