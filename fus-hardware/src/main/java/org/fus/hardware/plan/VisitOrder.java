package org.fus.hardware.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The order in which the poses of a volume are visited. */
public enum VisitOrder {
    /** First to last, each time; the stage travels back between two volumes. */
    SERIAL,
    /** First to last, then last to first: no long way back. */
    SERPENTINE,
    /** Another random order each time, so that slow drifts do not look like gradients in space. */
    RANDOM;

    /** Indices of {@code n} poses in the order of one cycle; random orders depend on seed and cycle alone. */
    List<Integer> of(int n, int cycle, long seed) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            order.add(i);
        }
        switch (this) {
            case SERIAL -> {}
            case SERPENTINE -> {
                if (cycle % 2 == 1) {
                    Collections.reverse(order);
                }
            }
            case RANDOM -> Collections.shuffle(order, new Random(seed * 1_000_003 + cycle));
        }
        return order;
    }
}
