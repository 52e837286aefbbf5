package org.fus.hardware.lsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which streams are wanted: fields that must have a value. LSL asks in XPath; understood are comparisons of fields with
 * texts that are joined by {@code and}, which is what its libraries send.
 *
 * @param terms all must hold; none: every stream
 */
public record LslQuery(List<Term> terms) {
    private static final Pattern TERM =
            Pattern.compile("\\s*([a-z_0-9]{1,40})\\s*(!?=)\\s*(?:'([^']*)'|\"([^\"]*)\")\\s*");

    /**
     * One comparison.
     *
     * @param field a field of the description, such as {@code name}, {@code type} or {@code source_id}
     * @param equal whether the field must have the value, or must not
     * @param value the text; not both kinds of quotes
     */
    public record Term(String field, boolean equal, String value) {
        /** Checks that the term can be written. */
        public Term {
            if (!field.matches("[a-z_0-9]{1,40}")) {
                throw new IllegalArgumentException("field '" + field + "', expected such as name, type, source_id");
            }
            boolean bothQuotes = value.indexOf('\'') >= 0 && value.indexOf('"') >= 0;
            if (bothQuotes || value.chars().anyMatch(c -> c < ' ')) {
                throw new IllegalArgumentException(
                        "value " + value + " holds both kinds of quotes, or control characters");
            }
        }

        private String text() {
            char quote = value.indexOf('\'') >= 0 ? '"' : '\'';
            return field + (equal ? "=" : "!=") + quote + value + quote;
        }
    }

    /** Copies the list. */
    public LslQuery {
        terms = List.copyOf(terms);
    }

    /**
     * Streams whose field has a value.
     *
     * @param field such as {@code name}, {@code type} or {@code source_id}
     * @param value the value
     * @return the query
     */
    public static LslQuery where(String field, String value) {
        return new LslQuery(List.of(new Term(field, true, value)));
    }

    /**
     * The same, narrower.
     *
     * @param field another field
     * @param value its value
     * @return a changed copy
     */
    public LslQuery and(String field, String value) {
        return new LslQuery(Stream.concat(terms.stream(), Stream.of(new Term(field, true, value)))
                .toList());
    }

    /** Empty when it is more than the subset that is understood. */
    static Optional<LslQuery> parse(String xpath) {
        if (xpath.isBlank()) {
            return Optional.of(new LslQuery(List.of()));
        }
        List<Term> terms = new ArrayList<>();
        Matcher matcher = TERM.matcher(xpath);
        int at = 0;
        while (matcher.region(at, xpath.length()).lookingAt()) {
            String value = Objects.requireNonNullElse(matcher.group(3), matcher.group(4));
            terms.add(new Term(matcher.group(1), matcher.group(2).equals("="), value));
            at = matcher.end();
            if (at == xpath.length()) {
                return Optional.of(new LslQuery(terms));
            }
            if (!xpath.startsWith("and", at)) {
                return Optional.empty();
            }
            at += 3;
        }
        return Optional.empty();
    }

    String text() {
        return terms.stream().map(Term::text).collect(Collectors.joining(" and "));
    }

    /** In XPath a field that is not there equals nothing and differs from nothing. */
    boolean matches(Map<String, String> fields) {
        return terms.stream().allMatch(t -> {
            String value = fields.get(t.field());
            return value != null && value.equals(t.value()) == t.equal();
        });
    }
}
