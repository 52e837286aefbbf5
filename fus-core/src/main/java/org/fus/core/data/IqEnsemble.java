package org.fus.core.data;

import java.util.List;
import java.util.Objects;
import org.fus.core.geometry.ImageGrid;
import org.fus.core.internal.layout.FramePanels;

/**
 * Beamformed complex frames {@code [frame][z][y][x]} on a grid, kept frames-innermost. Immutable.
 *
 * <p>Phase: a scatterer that moves away from the probe makes the phase of a pixel decrease.
 */
public final class IqEnsemble {
    private final ImageGrid grid;
    private final Timing timing;
    private final FramePanels panels;
    private final Provenance provenance;

    /**
     * The figures that Doppler needs.
     *
     * @param frameRateHz frames per second, hertz
     * @param centerFrequencyHz frequency whose phase the samples carry, hertz
     * @param soundSpeedMPerS speed of sound, metres per second
     */
    public record Timing(double frameRateHz, double centerFrequencyHz, double soundSpeedMPerS) {
        /** Checks the figures. */
        public Timing {
            if (!(frameRateHz > 0) || !(centerFrequencyHz > 0) || !(soundSpeedMPerS > 0)) {
                throw new IllegalArgumentException("frameRateHz " + frameRateHz + ", centerFrequencyHz "
                        + centerFrequencyHz + ", soundSpeedMPerS " + soundSpeedMPerS + ": all must be positive");
            }
        }
    }

    private IqEnsemble(ImageGrid grid, Timing timing, FramePanels panels, Provenance provenance) {
        this.grid = Objects.requireNonNull(grid, "grid");
        this.timing = Objects.requireNonNull(timing, "timing");
        this.panels = panels;
        this.provenance = Objects.requireNonNull(provenance, "provenance");
    }

    /**
     * Copies frames in plain order.
     *
     * @param grid where the pixels are
     * @param timing the figures that Doppler needs
     * @param frames one array per frame, {@code [z][y][x]} interleaved (re, im), finite
     * @param provenance where the frames come from
     * @return the ensemble
     */
    public static IqEnsemble copyOf(ImageGrid grid, Timing timing, float[][] frames, Provenance provenance) {
        FramePanels panels = FramePanels.allocate(frames.length, grid.size());
        for (int f = 0; f < frames.length; f++) {
            if (frames[f].length != 2 * grid.size()) {
                throw new IllegalArgumentException("frame " + f + " has " + frames[f].length + " values, expected "
                        + 2 * grid.size() + " (" + grid.size() + " complex pixels)");
            }
            for (int i = 0; i < frames[f].length; i++) {
                if (!Float.isFinite(frames[f][i])) {
                    throw new IllegalArgumentException("IQ value is " + frames[f][i] + " at frame " + f + ", pixel "
                            + i / 2 + "; replace values that are not finite");
                }
            }
            panels.setFrame(f, frames[f]);
        }
        return new IqEnsemble(grid, timing, panels, provenance);
    }

    /**
     * Takes panels that the engine has filled. Engine-internal: hosts use {@link #copyOf}.
     *
     * @param grid where the pixels are
     * @param timing the figures that Doppler needs
     * @param panels one cell per pixel
     * @param provenance where the frames come from
     * @return the ensemble
     */
    public static IqEnsemble ofPanels(ImageGrid grid, Timing timing, FramePanels panels, Provenance provenance) {
        if (panels.cells() != grid.size()) {
            throw new IllegalArgumentException(
                    "panels have " + panels.cells() + " cells for a grid of " + grid.size() + " pixels");
        }
        return new IqEnsemble(grid, timing, panels, provenance);
    }

    /**
     * The frames of several ensembles of one grid, one after the other. Full panels are shared, not copied.
     *
     * @param parts at least one; grid, timing and provenance are those of the first
     * @return one ensemble
     */
    public static IqEnsemble concatenate(List<IqEnsemble> parts) {
        IqEnsemble first = parts.getFirst();
        for (IqEnsemble part : parts) {
            if (!part.grid.equals(first.grid) || !part.timing.equals(first.timing)) {
                throw new IllegalArgumentException("ensembles of different grid or timing cannot be joined: "
                        + first.grid + " " + first.timing + " and " + part.grid + " " + part.timing);
            }
        }
        FramePanels all =
                FramePanels.concatenate(parts.stream().map(p -> p.panels).toList());
        return new IqEnsemble(first.grid, first.timing, all, first.provenance);
    }

    /**
     * Some of the frames. Full panels are shared, not copied.
     *
     * @param first first frame, from 0
     * @param count number of frames, at least 1
     * @return an ensemble of the same grid, timing and provenance
     * @throws IndexOutOfBoundsException when there are no such frames
     */
    public IqEnsemble slice(int first, int count) {
        return new IqEnsemble(grid, timing, panels.slice(first, count), provenance);
    }

    /**
     * Where the pixels are.
     *
     * @return the grid
     */
    public ImageGrid grid() {
        return grid;
    }

    /**
     * The figures that Doppler needs.
     *
     * @return frame rate, frequency, speed of sound
     */
    public Timing timing() {
        return timing;
    }

    /**
     * The number of frames.
     *
     * @return at least 1
     */
    public int frames() {
        return panels.frames();
    }

    /**
     * Where the frames come from.
     *
     * @return the steps that made them
     */
    public Provenance provenance() {
        return provenance;
    }

    /**
     * Copies one frame in plain order.
     *
     * @param frame from 0
     * @return {@code [z][y][x]} interleaved (re, im)
     */
    public float[] copyFrame(int frame) {
        Objects.checkIndex(frame, frames());
        float[] out = new float[2 * grid.size()];
        panels.copyFrame(frame, out);
        return out;
    }

    /**
     * The frames in the engine's layout. Engine-internal.
     *
     * @return the panels, one cell per pixel; not to be changed
     */
    public FramePanels panels() {
        return panels;
    }

    @Override
    public String toString() {
        return "IqEnsemble[" + frames() + " frames, " + grid.nx() + " x " + grid.ny() + " x " + grid.nz()
                + " pixels (x, y, z), " + timing.frameRateHz() + " Hz" + "]";
    }
}
