package org.fus.core.beamforming;

import org.fus.core.data.ChannelData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.geometry.ImageGrid;
import org.fus.core.run.RunContext;

/**
 * A beamforming method with all that depends on geometry prepared: from samples per channel to one image per frame.
 * Implementations are immutable and may be applied by many threads at once.
 */
public interface Beamformer {
    /**
     * Where the images are.
     *
     * @return the grid
     */
    ImageGrid grid();

    /**
     * Forms one image per frame.
     *
     * @param data samples of the format that this beamformer was planned for
     * @param context where to run; progress stage {@code beamform}
     * @return the images
     * @throws IllegalArgumentException when the data do not match the plan
     * @throws org.fus.core.error.FusUnsupportedException when the method does not take this kind of samples
     */
    IqEnsemble apply(ChannelData data, RunContext context);

    /**
     * What the beamformer holds and needs.
     *
     * @return bytes
     */
    MemoryEstimate memory();
}
