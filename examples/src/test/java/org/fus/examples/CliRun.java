package org.fus.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One run of the command line in this process.
 *
 * @param code the exit code
 * @param out what it printed
 * @param err what it complained about
 */
record CliRun(int code, String out, String err) {
    static CliRun of(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code;
        try (PrintStream outPrinter = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream errPrinter = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            code = Fus.run(args, outPrinter, errPrinter);
        }
        return new CliRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    List<String> errLines() {
        return err.lines().toList();
    }
}
