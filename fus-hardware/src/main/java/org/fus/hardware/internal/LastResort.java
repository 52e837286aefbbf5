package org.fus.hardware.internal;

import java.lang.ref.Cleaner;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Switches devices off that nobody closed: when the virtual machine ends, and when the device is not reachable any more.
 * One shutdown hook serves all; the system property {@code fus.device.shutdownHook=false} opts out of it.
 */
public final class LastResort {
    private static final Cleaner CLEANER = Cleaner.create(
            Thread.ofPlatform().daemon().name("fus-device-cleaner").factory());
    private static final Set<Runnable> OPEN = ConcurrentHashMap.newKeySet();

    static {
        if (!"false".equals(System.getProperty("fus.device.shutdownHook"))) {
            Runtime.getRuntime().addShutdownHook(new Thread(LastResort::switchAllOff, "fus-high-voltage-off"));
        }
    }

    private LastResort() {}

    /**
     * Watches over an open device.
     *
     * @param device what a host holds
     * @param highVoltageOff cuts the high voltage at once; must not refer to the device
     * @param close lets go of everything; must not refer to the device
     * @return closes the device; runs at most once
     */
    public static Cleaner.Cleanable watch(Object device, Runnable highVoltageOff, Runnable close) {
        OPEN.add(highVoltageOff);
        return CLEANER.register(device, () -> {
            OPEN.remove(highVoltageOff);
            highVoltageOff.run();
            close.run();
        });
    }

    private static void switchAllOff() {
        OPEN.forEach(Runnable::run);
    }
}
