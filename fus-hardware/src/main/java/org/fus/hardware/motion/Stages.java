package org.fus.hardware.motion;

import java.net.URI;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.concurrent.ThreadFactory;
import org.fus.core.error.FusDeviceException;

/** Opens stages. */
public final class Stages {
    private static final ThreadFactory DAEMONS =
            Thread.ofPlatform().daemon().name("fus-stage-", 0).factory();

    private Stages() {}

    /**
     * Opens a stage by its address, such as {@code zaber+serial:/dev/ttyUSB0}, {@code pi+tcp://10.0.0.5:50000} or
     * {@code sim-stage:any}.
     *
     * @param uri driver and line
     * @param settings the axes
     * @return the stage, connected, at rest, its limits written to the controller
     * @throws FusDeviceException when no driver knows the address, or nobody answers
     */
    public static MotionStage open(URI uri, StageSettings settings) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        int plus = scheme.indexOf('+');
        String wanted = plus < 0 ? scheme : scheme.substring(0, plus);
        TreeSet<String> known = new TreeSet<>();
        for (MotionDriver driver : ServiceLoader.load(MotionDriver.class)) {
            if (driver.scheme().equals(wanted)) {
                URI line = plus < 0 ? uri : URI.create(uri.toString().substring(plus + 1));
                return over(uri.toString(), driver.open(line, settings), settings);
            }
            known.add(driver.scheme());
        }
        throw new FusDeviceException(
                uri.toString(), "no driver for this kind of stage; known are " + String.join(", ", known));
    }

    /**
     * Makes a stage of a controller.
     *
     * @param name for messages
     * @param controller the controller; closed with the stage, also when opening fails
     * @param settings the axes
     * @return the stage
     */
    public static MotionStage over(String name, MotionController controller, StageSettings settings) {
        return over(name, controller, settings, DAEMONS);
    }

    /**
     * Makes a stage of a controller, on a thread of the host's making.
     *
     * @param name for messages
     * @param controller the controller; closed with the stage, also when opening fails
     * @param settings the axes
     * @param threads makes the one thread that talks to the controller
     * @return the stage
     */
    public static MotionStage over(
            String name, MotionController controller, StageSettings settings, ThreadFactory threads) {
        try {
            return new DrivenStage(name, controller, settings, threads);
        } catch (RuntimeException | Error e) {
            controller.close();
            throw e;
        }
    }
}
