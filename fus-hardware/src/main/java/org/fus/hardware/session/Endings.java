package org.fus.hardware.session;

import java.util.Optional;

/** Steps that are all done, whatever goes wrong in those before; the first failure is kept with the others attached. */
final class Endings {
    private RuntimeException first;

    void run(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            if (first == null) {
                first = e;
            } else if (!first.equals(e)) {
                first.addSuppressed(e);
            }
        }
    }

    Optional<RuntimeException> failure() {
        return Optional.ofNullable(first);
    }

    void throwFirst() {
        if (first != null) {
            throw first;
        }
    }
}
