package org.fus.core.internal.kernel;

import java.lang.reflect.InvocationTargetException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Picks the kernels of this process once: vector ones when the Vector API is there, else the scalar specification. */
public final class KernelProvider {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final String VECTOR_CLASS = "org.fus.core.internal.vector.VectorKernels";

    private KernelProvider() {}

    /** The kernels of this process. */
    public static KernelSet active() {
        return Holder.ACTIVE;
    }

    private static final class Holder {
        private static final KernelSet ACTIVE = choose();

        private static KernelSet choose() {
            if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
                logger().warn("The Vector API is not enabled, so slow scalar kernels are used: start Java with"
                        + " --add-modules " + VECTOR_MODULE);
                return ScalarKernels.INSTANCE;
            }
            try {
                // By name, because a class that mentions the incubator module cannot load without it.
                return Class.forName(VECTOR_CLASS)
                        .asSubclass(KernelSet.class)
                        .getDeclaredConstructor()
                        .newInstance();
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof UnsupportedOperationException narrow) {
                    logger().warn("Slow scalar kernels are used: {}", narrow.getMessage());
                    return ScalarKernels.INSTANCE;
                }
                throw new LinkageError("vector kernels failed to start", e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("vector kernels are missing from the jar", e);
            }
        }

        private static Logger logger() {
            return LoggerFactory.getLogger(KernelProvider.class);
        }
    }
}
