package org.fus.core.internal.kernel;

/** The hot loops of the engine, in one implementation. Stateless and thread-safe. */
public interface KernelSet {
    /** One line for people: which implementation, how wide. */
    String describe();

    CellKernel cells();

    DasKernel das();

    /** Delay-and-sum for panels of one frame: other sums in another order, so that its last bits differ. */
    DasKernel frameDas();

    /** Delay-and-sum with an interpolation over several samples. */
    DasKernel das(TapTable taps);

    EchoKernel echo();

    FftKernel fft();

    FirKernel fir();

    GramKernel gram();

    ProjectionKernel projection();

    RowKernel rows();

    TransposeKernel transpose();
}
