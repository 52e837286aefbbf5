package org.fus.core.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How a result came about: the steps in order, each with its parameters, and what was decided automatically. Immutable.
 *
 * @param software name and version of the library that made the result
 * @param steps the steps, first to last
 * @param warnings what a reader of the result should know
 */
public record Provenance(String software, List<Step> steps, List<String> warnings) {
    /** Name and version of this library, from its jar; {@code development} when run from classes. */
    public static final String SOFTWARE = "fUS SDK " + version();

    /**
     * One step.
     *
     * @param name what was done, such as {@code delay-and-sum}
     * @param parameters names with their units, and values, in order
     */
    public record Step(String name, Map<String, String> parameters) {
        /** Copies the parameters, in order. */
        public Step {
            Objects.requireNonNull(name, "name");
            parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }

    /** Copies the lists. */
    public Provenance {
        Objects.requireNonNull(software, "software");
        steps = List.copyOf(steps);
        warnings = List.copyOf(warnings);
    }

    /**
     * A provenance without steps.
     *
     * @return of this library's version
     */
    public static Provenance none() {
        return new Provenance(SOFTWARE, List.of(), List.of());
    }

    /**
     * The same with one more step.
     *
     * @param name what was done
     * @param parameters names with their units, and values
     * @return a changed copy
     */
    public Provenance with(String name, Map<String, String> parameters) {
        List<Step> more = new ArrayList<>(steps);
        more.add(new Step(name, parameters));
        return new Provenance(software, more, warnings);
    }

    /**
     * The same with one more warning.
     *
     * @param warning what a reader of the result should know
     * @return a changed copy
     */
    public Provenance warn(String warning) {
        List<String> more = new ArrayList<>(warnings);
        more.add(warning);
        return new Provenance(software, steps, more);
    }

    private static String version() {
        String v = Provenance.class.getPackage().getImplementationVersion();
        return v == null ? "development" : v;
    }
}
