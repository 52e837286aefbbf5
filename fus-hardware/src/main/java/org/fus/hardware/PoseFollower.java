package org.fus.hardware;

import java.util.function.Supplier;
import org.fus.core.geometry.Affine3;

/** A device whose blocks depend on where its probe is, such as a simulated one: a stage moves the probe, and it must know. */
public interface PoseFollower {
    /**
     * Says where the probe is, from now on.
     *
     * @param probeToLab asked at any time, from threads of the device; must answer at once
     */
    void follow(Supplier<Affine3> probeToLab);
}
