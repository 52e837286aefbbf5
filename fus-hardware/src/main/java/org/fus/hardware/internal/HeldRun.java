package org.fus.hardware.internal;

import java.lang.ref.Reference;
import java.util.List;
import org.fus.hardware.Acquisition;

/**
 * A run that keeps its device from getting lost.
 *
 * @param run the run
 * @param device what would be switched off when nobody held it any more
 */
public record HeldRun(Acquisition run, Object device) implements Acquisition {
    @Override
    public void await() {
        try {
            run.await();
        } finally {
            Reference.reachabilityFence(device);
        }
    }

    @Override
    public void stop() {
        run.stop();
    }

    @Override
    public boolean isDone() {
        return run.isDone();
    }

    @Override
    public long framesDelivered() {
        return run.framesDelivered();
    }

    @Override
    public long blocksLost() {
        return run.blocksLost();
    }

    @Override
    public List<String> warnings() {
        return run.warnings();
    }
}
