package org.fus.hardware.sim;

import java.util.Optional;
import org.fus.core.data.Provenance;
import org.fus.core.simulation.Phantom;
import org.fus.hardware.DeviceInfo;
import org.fus.hardware.DeviceLimits;

/**
 * What a simulated scanner computes.
 *
 * @param producer where the samples come from
 * @param info which device it is then
 * @param limits what it can do then
 * @param phantom what the probe looks at, on channel level
 */
record SimulatedTier(BlockProducer producer, DeviceInfo info, DeviceLimits limits, Optional<Phantom> phantom) {
    private static final String NAME = "simulated scanner";

    /** The pulse of a probe whose bandwidth is not known. */
    private static final double DEFAULT_FRACTIONAL_BANDWIDTH = 0.67;

    /** Echoes on every channel. */
    static SimulatedTier channels(SimulatedScannerBuilder b) {
        double known = b.probe().fractionalBandwidth();
        double fractionalBandwidth = Double.isNaN(known) ? DEFAULT_FRACTIONAL_BANDWIDTH : known;
        Phantom phantom = b.phantom().apply(b.probe());
        return new SimulatedTier(
                new ChannelProducer(phantom, b.medium(), fractionalBandwidth, b.context()),
                new DeviceInfo(NAME, "fUS SDK channel simulator", Provenance.SOFTWARE),
                SimulatedScanner.LIMITS.withClocks(b.clocks()),
                Optional.of(phantom));
    }

    /** Images of a scene, in real time. */
    static SimulatedTier images(SimulatedScannerBuilder b) {
        return new SimulatedTier(
                new ImageProducer(b.scene(), b.grid()),
                new DeviceInfo(NAME, "fUS SDK image simulator", Provenance.SOFTWARE),
                SimulatedScanner.LIMITS.withClocks(b.clocks()),
                Optional.empty());
    }

    static SimulatedTier replay(String name, BlockProducer producer) {
        return new SimulatedTier(
                producer,
                new DeviceInfo(name, "fUS SDK replay", Provenance.SOFTWARE),
                SimulatedScanner.LIMITS,
                Optional.empty());
    }
}
