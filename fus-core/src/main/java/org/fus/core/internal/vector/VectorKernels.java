package org.fus.core.internal.vector;

import jdk.incubator.vector.FloatVector;
import org.fus.core.internal.kernel.CellKernel;
import org.fus.core.internal.kernel.DasKernel;
import org.fus.core.internal.kernel.EchoKernel;
import org.fus.core.internal.kernel.FftKernel;
import org.fus.core.internal.kernel.FirKernel;
import org.fus.core.internal.kernel.GramKernel;
import org.fus.core.internal.kernel.KernelSet;
import org.fus.core.internal.kernel.ProjectionKernel;
import org.fus.core.internal.kernel.RowKernel;
import org.fus.core.internal.kernel.TapTable;
import org.fus.core.internal.kernel.TransposeKernel;

/** The kernels on the Vector API, as wide as this processor prefers. Loaded by name only. */
public final class VectorKernels implements KernelSet {
    /** Floats per vector that the kernels are written for: 128 to 512 bits. */
    static final int LANES = FloatVector.SPECIES_PREFERRED.length();

    private final CellKernel cells = new VectorCells();
    private final DasKernel das = new VectorDas();
    private final DasKernel frameDas = new VectorFrameDas();
    private final EchoKernel echo = new VectorEcho();
    private final FftKernel fft = new VectorFft();
    private final FirKernel fir = new VectorFir();
    private final GramKernel gram = new VectorGram();
    private final ProjectionKernel projection = new VectorProjection();
    private final RowKernel rows = new VectorRows();
    private final TransposeKernel transpose = new VectorTranspose();

    public VectorKernels() {
        if (LANES < 4 || LANES > 16) {
            throw new UnsupportedOperationException(
                    "vectors of " + LANES + " floats, kernels are written for 4, 8 and 16");
        }
    }

    @Override
    public String describe() {
        return "vector kernels, " + LANES * Float.SIZE + " bits";
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
        return frameDas;
    }

    @Override
    public DasKernel das(TapTable taps) {
        return new VectorTapDas(taps);
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
