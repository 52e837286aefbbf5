package org.fus.io.mat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.fus.core.error.FusFormatException;
import org.fus.io.source.ByteSource;

/** The variables of a MATLAB file, whatever its version. Values are loaded as they are asked for. */
sealed interface MatFile permits Mat5File, Mat73File {
    /** What a file of version 5, 6 or 7 starts with. */
    String TEXT_5 = "MATLAB 5.0 MAT-file";

    /** What a file of version 7.3 starts with, in front of its HDF5 signature. */
    String TEXT_73 = "MATLAB 7.3 MAT-file";

    /** Opens a file: lists its variables. */
    static MatFile open(ByteSource source) {
        String head = new String(source.head(TEXT_5.length()), StandardCharsets.ISO_8859_1);
        return head.equals(TEXT_5) ? Mat5File.open(source) : Mat73File.open(source);
    }

    /** The name of the file. */
    String name();

    /** The version, as MATLAB names it. */
    String version();

    /** The names of the variables, in the order of the file. */
    List<String> names();

    /** A variable; null when there is none of that name. */
    MatValue value(String variable);

    /** The numbers of a variable. */
    default MatArray numbers(String variable, String expected) {
        MatValue value = value(variable);
        if (value instanceof MatValue.Numbers(MatArray array)) {
            return array;
        }
        throw failure(variable, "expected " + expected + ", got " + MatValue.describe(value) + "; save it anew");
    }

    /** The fields of a structure. */
    default MatFields struct(String variable, String expected) {
        MatValue value = value(variable);
        if (value instanceof MatValue.Struct(var fields)) {
            return new MatFields(name(), variable, fields);
        }
        throw failure(variable, "expected " + expected + ", got " + MatValue.describe(value) + "; save it anew");
    }

    /** A failure of a variable, to be thrown. */
    default FusFormatException failure(String variable, String problem) {
        return new FusFormatException(name(), "variable " + variable, problem);
    }
}
