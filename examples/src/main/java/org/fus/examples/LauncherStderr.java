package org.fus.examples;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Gives this process its stderr back. Before a program starts, Java writes a warning that the Vector API is an incubator
 * module, and no option turns it off; but scripts rely on one line per error. So the launcher starts Java with stderr
 * going through a filter, keeps the real one as another file descriptor, and names that in a property.
 */
final class LauncherStderr {
    private static final String PROPERTY = "fus.stderr";
    private static final int STDERR = 2;

    private LauncherStderr() {}

    @SuppressWarnings("restricted") // the launcher grants native access
    static void restore() {
        Integer real = Integer.getInteger(PROPERTY);
        if (real == null) {
            return;
        }
        Linker linker = Linker.nativeLinker();
        MethodHandle dup2 = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("dup2"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            int done = (int) dup2.invokeExact((int) real, STDERR);
            assert done == STDERR : "the launcher's file descriptor " + real + " is closed; stderr stays filtered";
        } catch (Throwable e) {
            throw new LinkageError("dup2 cannot be called", e);
        }
    }
}
