package org.fus.hardware.lsl;

import java.util.Arrays;
import java.util.Optional;

/** Types of the values of a channel. */
public enum LslFormat {
    /** IEEE 754, 32 bits. */
    FLOAT32("float32", 4),
    /** IEEE 754, 64 bits. */
    DOUBLE64("double64", 8),
    /** Text. */
    STRING("string", 0),
    /** Signed 32 bits. */
    INT32("int32", 4),
    /** Signed 16 bits. */
    INT16("int16", 2),
    /** Signed 8 bits. */
    INT8("int8", 1),
    /** Signed 64 bits. */
    INT64("int64", 8);

    private final String label;
    private final int bytes;

    LslFormat(String label, int bytes) {
        this.label = label;
        this.bytes = bytes;
    }

    static Optional<LslFormat> ofLabel(String label) {
        return Arrays.stream(values()).filter(f -> f.label.equals(label)).findFirst();
    }

    String label() {
        return label;
    }

    /** Bytes of a value; 0 for text, whose length varies. */
    int bytes() {
        return bytes;
    }
}
