package org.fus.io.mat;

import java.util.Map;
import org.fus.io.content.StoredArray;

/** A variable of a MATLAB file. */
sealed interface MatValue {
    /**
     * Real numbers.
     *
     * @param array in the type in which the file stores them; MATLAB's first axis varies fastest, so the shape is that of
     *     MATLAB from the last axis to the first
     */
    record Numbers(StoredArray array) implements MatValue {}

    /** A structure of one element. */
    record Struct(Map<String, MatValue> fields) implements MatValue {}

    /** Anything else, which no reader here needs. */
    record Other(String what) implements MatValue {}
}
