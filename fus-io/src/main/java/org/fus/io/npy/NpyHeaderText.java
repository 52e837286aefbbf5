package org.fus.io.npy;

import java.util.ArrayList;
import java.util.List;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedFormatException;

/**
 * The three entries of a header, which is the text of a Python dictionary. Only that form is understood: nothing is
 * evaluated.
 */
final class NpyHeaderText {
    /** NumPy's own limit. */
    private static final int MAX_AXES = 64;

    private static final int MAX_DIGITS = 18;

    private final String file;
    private final String text;
    private int at;
    private String descr;
    private Boolean fortran;
    private List<Long> shape;

    private NpyHeaderText(String file, String text) {
        this.file = file;
        this.text = text;
    }

    static NpyHeaderText parse(String file, String text) {
        NpyHeaderText t = new NpyHeaderText(file, text);
        t.dictionary();
        return t;
    }

    String descr() {
        return descr;
    }

    boolean fortran() {
        return fortran;
    }

    List<Long> shape() {
        return shape;
    }

    private void dictionary() {
        expect('{');
        while (!accept('}')) {
            String key = string("a name in quotes");
            expect(':');
            switch (key) {
                case "descr" -> descr = type();
                case "fortran_order" -> fortran = bool();
                case "shape" -> shape = tuple();
                default -> throw failure("expected descr, fortran_order or shape, got " + quote(key));
            }
            if (!accept(',')) {
                expect('}');
                break;
            }
        }
        blanks();
        if (at != text.length()) {
            throw failure("expected the end of the header after '}'");
        }
        if (descr == null || fortran == null || shape == null) {
            throw failure("expected all of descr, fortran_order and shape");
        }
    }

    private String type() {
        blanks();
        if (at < text.length() && text.charAt(at) == '[') {
            throw new FusUnsupportedFormatException(
                    file, "header, descr", "records of several fields are not supported; save each field by itself");
        }
        return string("a type in quotes");
    }

    private boolean bool() {
        blanks();
        for (boolean value : new boolean[] {true, false}) {
            String word = value ? "True" : "False";
            if (text.startsWith(word, at)) {
                at += word.length();
                return value;
            }
        }
        throw failure("expected True or False");
    }

    private List<Long> tuple() {
        expect('(');
        List<Long> out = new ArrayList<>();
        while (!accept(')')) {
            if (out.size() == MAX_AXES) {
                throw failure("expected at most " + MAX_AXES + " axes");
            }
            out.add(number());
            if (!accept(',')) {
                expect(')');
                break;
            }
        }
        return List.copyOf(out);
    }

    private long number() {
        blanks();
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start || at - start > MAX_DIGITS) {
            throw failure("expected a length of at most " + MAX_DIGITS + " digits");
        }
        long value = Long.parseLong(text, start, at, 10);
        // Python 2 wrote lengths as 3L.
        if (at < text.length() && text.charAt(at) == 'L') {
            at++;
        }
        return value;
    }

    private String string(String what) {
        blanks();
        char quote = at < text.length() ? text.charAt(at) : ' ';
        int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
        if (end < 0) {
            throw failure("expected " + what);
        }
        String value = text.substring(at + 1, end);
        at = end + 1;
        return value;
    }

    private boolean accept(char c) {
        blanks();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw failure("expected '" + c + "'");
        }
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private FusFormatException failure(String problem) {
        String rest = text.substring(Math.min(at, text.length()));
        return new FusFormatException(
                file,
                "header, character " + at,
                problem + ", got " + quote(rest.substring(0, Math.min(20, rest.length())))
                        + "; the file may be damaged: save it anew");
    }

    private static String quote(String s) {
        StringBuilder out = new StringBuilder("'");
        s.chars().forEach(c -> out.append(c < ' ' || c > '~' ? '?' : (char) c));
        return out.append('\'').toString();
    }
}
