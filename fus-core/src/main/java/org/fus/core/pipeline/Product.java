package org.fus.core.pipeline;

import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.doppler.BMode;
import org.fus.core.doppler.ColorDoppler;
import org.fus.core.doppler.PowerDoppler;
import org.fus.core.run.RunContext;

/** The map that a recipe ends in. */
public enum Product {
    /** Power Doppler. */
    POWER {
        @Override
        public DopplerFrame of(IqEnsemble ensemble, RunContext context) {
            return PowerDoppler.of(ensemble, context);
        }
    },
    /** Axial velocity by the lag-1 autocorrelation. */
    COLOR {
        @Override
        public DopplerFrame of(IqEnsemble ensemble, RunContext context) {
            return ColorDoppler.DEFAULT.of(ensemble, context);
        }
    },
    /** Mean envelope. */
    BMODE {
        @Override
        public DopplerFrame of(IqEnsemble ensemble, RunContext context) {
            return BMode.of(ensemble, context);
        }
    };

    /**
     * The clutter filter when nobody says otherwise: the first 40 components for power Doppler, the lower end of what is
     * usual for 200 frames (Demene et al. 2015, doi:10.1109/TMI.2015.2428634); none for the others.
     *
     * @return the choice
     */
    public Clutter defaultClutter() {
        return this == POWER ? new Clutter.Svd(40) : new Clutter.None();
    }

    /**
     * Makes the map.
     *
     * @param ensemble frames, filtered as the recipe says
     * @param context where to run
     * @return the map
     */
    public abstract DopplerFrame of(IqEnsemble ensemble, RunContext context);
}
