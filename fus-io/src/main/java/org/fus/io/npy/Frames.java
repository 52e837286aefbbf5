package org.fus.io.npy;

import org.fus.io.content.StoredArray;
import org.fus.io.source.ByteSource;
import org.fus.io.source.Heap;

/** Ranges along the first axis of an array. */
final class Frames {
    private Frames() {}

    /** One array per frame; complex values as (re, im). */
    static float[][] of(ByteSource source, StoredArray array, int first, int count) {
        long perFrame = array.size() / array.shape().getFirst();
        // Twice: what is loaded here, and the layout that the engine copies it into.
        Heap.require(
                source.name(),
                Math.multiplyExact(2L * count * Float.BYTES * array.type().parts(), perFrame));
        float[][] out = new float[count][];
        for (int f = 0; f < count; f++) {
            out[f] = array.floats((first + f) * perFrame, Math.toIntExact(perFrame));
        }
        return out;
    }
}
