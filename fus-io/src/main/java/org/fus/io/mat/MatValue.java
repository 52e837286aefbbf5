package org.fus.io.mat;

import java.util.Map;

/** A variable of a MATLAB file. */
sealed interface MatValue {
    /** Numbers, real or complex, in the type in which the file stores them. */
    record Numbers(MatArray array) implements MatValue {}

    /** A structure of one element. */
    record Struct(Map<String, MatValue> fields) implements MatValue {}

    /** Characters. */
    record Text(String text) implements MatValue {}

    /** Anything else, which no reader here needs. */
    record Other(String what) implements MatValue {}

    /** What it is, for messages. */
    static String describe(MatValue value) {
        return switch (value) {
            case null -> "no such variable";
            case Numbers n ->
                n.array().type().label() + " numbers of shape " + n.array().matlabShape();
            case Struct _ -> "a structure";
            case Text _ -> "a text";
            case Other o -> o.what();
        };
    }
}
