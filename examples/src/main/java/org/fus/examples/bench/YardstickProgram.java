package org.fus.examples.bench;

import java.util.List;

/**
 * A program of {@code examples/benchmarks/native}.
 *
 * @param source file name: C++, which may include {@code yardstick.h}, or Python
 * @param libraries what it links, such as {@code openblas}, or imports
 */
public record YardstickProgram(String source, List<String> libraries) {
    /** Copies the list. */
    public YardstickProgram {
        libraries = List.copyOf(libraries);
    }

    /** Delay-and-sum, needs no library. */
    public static final YardstickProgram DAS = new YardstickProgram("das_yardstick.cpp", List.of());

    /** Demodulation into the frames-innermost layout, needs no library. */
    public static final YardstickProgram DEMODULATION = new YardstickProgram("demod_yardstick.cpp", List.of());

    /** Fourier transforms, needs FFTW in single precision (Debian: libfftw3-dev). */
    public static final YardstickProgram FFT = new YardstickProgram("fft_yardstick.cpp", List.of("fftw3f"));

    /** Reads of HDF5 by the HDF5 library, through h5py (Debian: python3-h5py). */
    public static final YardstickProgram HDF5 = new YardstickProgram("hdf5_yardstick.py", List.of("h5py", "numpy"));

    /** Singular value clutter filter on OpenBLAS and LAPACKE (Debian: libopenblas-dev, liblapacke-dev). */
    public static final YardstickProgram SVD =
            new YardstickProgram("svd_yardstick.cpp", List.of("openblas", "lapacke"));
}
