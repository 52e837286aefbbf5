package org.fus.core.beamforming;

import org.fus.core.internal.kernel.ChirpZ;
import org.fus.core.internal.kernel.FftTables;

/** The transforms of a migration: two into the spectrum of the data, two out of that of the image. */
final class FkTransforms {
    final FftTables time;
    final FftTables lateral;
    final ChirpZ depth;
    final ChirpZ across;

    FkTransforms(FkGeometry g) {
        this.time = FftTables.of(g.bins);
        this.lateral = FftTables.of(g.columns);
        this.depth = ChirpZ.of(
                g.depthBins,
                g.firstDepthBin * g.stepHz,
                g.stepHz,
                g.grid.nz(),
                2 * g.grid.z0M() / g.soundSpeedMPerS,
                2 * g.grid.dzM() / g.soundSpeedMPerS,
                1.0 / g.bins);
        double fromFirstM = g.grid.x0M() - g.format.probe().elementXM(0);
        // From the most negative lateral frequency on: the one after the Nyquist frequency.
        double lateralStep = 1 / (g.columns * g.pitchM);
        this.across = ChirpZ.of(
                g.columns,
                (1 - g.columns / 2) * lateralStep,
                lateralStep,
                g.grid.nx(),
                fromFirstM,
                g.grid.dxM(),
                1.0 / g.columns);
    }

    /** Bytes that the tables hold, about: roots and, in double, those of the specification. */
    long bytes() {
        return depth.bytes() + across.bytes() + 32L * (time.length() + lateral.length());
    }
}
