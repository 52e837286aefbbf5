package org.fus.hardware.motion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a controller guard the host's soft limits too, and believes only what it reads back. */
final class LimitGuard {
    private static final Logger LOG = LoggerFactory.getLogger(LimitGuard.class);

    private LimitGuard() {}

    static List<StageEvent.ControllerLimits> apply(String name, MotionController controller, StageSettings settings) {
        List<StageEvent.ControllerLimits> all = new ArrayList<>();
        for (int i = 0; i < settings.axes().size(); i++) {
            AxisSettings a = settings.axes().get(i);
            double p = a.toController(a.lowerLimitSi());
            double q = a.toController(a.upperLimitSi());
            ControllerRange wanted = new ControllerRange(Math.min(p, q), Math.max(p, q));
            Optional<ControllerRange> got = controller.guard(i, wanted);
            double slack = a.toleranceSi() * a.unitsPerSi();
            boolean verified = got.isPresent()
                    && got.get().lower() >= wanted.lower() - slack
                    && got.get().upper() <= wanted.upper() + slack;
            String message = "axis " + a.name() + ": host allows " + wanted + ", controller guards "
                    + got.map(ControllerRange::toString).orElse("what its own configuration says, not shown");
            if (!verified) {
                LOG.warn("{}: {}; only the host guards the difference", name, message);
            }
            all.add(new StageEvent.ControllerLimits(System.nanoTime(), i, verified, message));
        }
        return List.copyOf(all);
    }
}
