package org.fus.core.internal.kernel;

/** The specification of the kernels, in plain Java: what the vector kernels must give within rounding. */
public final class ScalarKernels implements KernelSet {
    public static final ScalarKernels INSTANCE = new ScalarKernels();

    private final CellKernel cells = new ScalarCells();
    private final DasKernel das = new ScalarDas();
    private final EchoKernel echo = new ScalarEcho();
    private final FftKernel fft = new ScalarFft();
    private final FirKernel fir = new ScalarFir();
    private final GramKernel gram = new ScalarGram();
    private final ProjectionKernel projection = new ScalarProjection();
    private final RowKernel rows = new ScalarRows();
    private final TransposeKernel transpose = new ScalarTranspose();

    private ScalarKernels() {}

    @Override
    public String describe() {
        return "scalar kernels";
    }

    @Override
    public CellKernel cells() {
        return cells;
    }

    @Override
    public DasKernel das() {
        return das;
    }

    @Override
    public DasKernel frameDas() {
        return das;
    }

    @Override
    public DasKernel das(TapTable taps) {
        return new ScalarTapDas(taps);
    }

    @Override
    public EchoKernel echo() {
        return echo;
    }

    @Override
    public FftKernel fft() {
        return fft;
    }

    @Override
    public FirKernel fir() {
        return fir;
    }

    @Override
    public GramKernel gram() {
        return gram;
    }

    @Override
    public ProjectionKernel projection() {
        return projection;
    }

    @Override
    public RowKernel rows() {
        return rows;
    }

    @Override
    public TransposeKernel transpose() {
        return transpose;
    }
}
