package org.fus.core.run;

import org.fus.core.internal.kernel.KernelProvider;

/** The hot loops of the engine in this process. */
public final class Kernels {
    private Kernels() {}

    /**
     * Tells which kernels are in use.
     *
     * @return one line, such as {@code vector kernels, 512 bits}; {@code scalar kernels} when Java was started without
     *     {@code --add-modules jdk.incubator.vector}
     */
    public static String describe() {
        return KernelProvider.active().describe();
    }
}
