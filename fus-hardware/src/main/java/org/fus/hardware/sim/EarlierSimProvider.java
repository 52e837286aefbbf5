package org.fus.hardware.sim;

/** Opens simulated scanners by their scheme of earlier versions, {@code fus-sim:brain}. */
public final class EarlierSimProvider extends SimulatedScannerProvider {
    /** For {@link java.util.ServiceLoader}. */
    public EarlierSimProvider() {}

    @Override
    public String scheme() {
        return "fus-sim";
    }

    @Override
    public java.util.List<String> examples() {
        return java.util.List.of();
    }
}
