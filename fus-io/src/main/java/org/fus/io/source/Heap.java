package org.fus.io.source;

import org.fus.core.error.FusUnsupportedFormatException;

/** Refuses to load what the heap cannot hold, before it is allocated. */
public final class Heap {
    private Heap() {}

    /**
     * Checks that there is room.
     *
     * @param file what is being read
     * @param bytes what reading it needs at its peak
     * @throws FusUnsupportedFormatException when the heap, with what can still be collected, is smaller
     */
    public static void require(String file, long bytes) {
        long room = Runtime.getRuntime().maxMemory() / 10 * 9;
        if (bytes < 0 || bytes > room) {
            throw new FusUnsupportedFormatException(
                    file,
                    "memory",
                    "reading it needs " + mebibytes(bytes)
                            + " of memory, the Java heap has " + mebibytes(room)
                            + "; give the JVM more with -Xmx, or read a part of the file");
        }
    }

    private static String mebibytes(long bytes) {
        return bytes < 0 ? "more than 8 EiB" : (bytes >> 20) + " MiB";
    }
}
