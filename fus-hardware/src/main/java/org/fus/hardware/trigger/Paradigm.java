package org.fus.hardware.trigger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.fus.core.error.FusFormatException;

/**
 * What is presented when. Immutable.
 *
 * @param events in order of onset
 * @param durationS of the whole paradigm, seconds
 */
public record Paradigm(List<Event> events, double durationS) {
    /** Most events of one paradigm, a bound for files from outside. */
    private static final int MOST_EVENTS = 1_000_000;

    /**
     * One presentation.
     *
     * @param onsetS from the start of the paradigm, seconds
     * @param durationS seconds, 0 for an event without extent
     * @param trialType what it is
     */
    public record Event(double onsetS, double durationS, String trialType) {
        /** Checks the times. */
        public Event {
            if (!Double.isFinite(onsetS) || !(durationS >= 0) || Double.isInfinite(durationS)) {
                throw new IllegalArgumentException("event '" + trialType + "' at " + onsetS + " s for " + durationS
                        + " s, expected finite times and a duration of 0 or more");
            }
        }

        /**
         * When it ends.
         *
         * @return seconds
         */
        public double endS() {
            return onsetS + durationS;
        }
    }

    /** Sorts the events and checks that they fit. */
    public Paradigm {
        events = events.stream()
                .sorted(Comparator.comparingDouble(Event::onsetS))
                .toList();
        for (Event e : events) {
            if (e.onsetS() < 0 || e.endS() > durationS + 1e-9) {
                throw new IllegalArgumentException("event '" + e.trialType() + "' from " + e.onsetS() + " to "
                        + e.endS() + " s lies outside the paradigm, 0 to " + durationS + " s");
            }
        }
        if (!(durationS > 0) || Double.isInfinite(durationS)) {
            throw new IllegalArgumentException("paradigm of " + durationS + " s, expected a positive duration");
        }
    }

    /**
     * Blocks of stimulation between blocks of rest, as in a task named "60_30_60_8": rest, on, off, repeats.
     *
     * @param baselineS rest before the first block, seconds
     * @param onS stimulation, seconds
     * @param offS rest after each block, seconds
     * @param repeats blocks, at least 1
     * @param trialType what is presented
     * @return the paradigm
     */
    public static Paradigm blocks(double baselineS, double onS, double offS, int repeats, String trialType) {
        if (!(baselineS >= 0) || !(onS > 0) || !(offS >= 0) || repeats < 1 || repeats > MOST_EVENTS) {
            throw new IllegalArgumentException("blocks of baseline " + baselineS + " s, on " + onS + " s, off " + offS
                    + " s, " + repeats + " times: expected on above 0, the others 0 or more, at least once");
        }
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < repeats; i++) {
            events.add(new Event(baselineS + i * (onS + offS), onS, trialType));
        }
        return new Paradigm(events, baselineS + repeats * (onS + offS));
    }

    /**
     * Presentations with random gaps and in random order, each type as often as the others.
     *
     * @param baselineS rest before the first, seconds
     * @param onS stimulation, seconds
     * @param minGapS shortest rest between two, seconds
     * @param maxGapS longest rest between two, seconds
     * @param repeatsPerType presentations of each type, at least 1
     * @param trialTypes what is presented, at least one
     * @param seed the same seed gives the same paradigm
     * @return the paradigm
     */
    public static Paradigm random(
            double baselineS,
            double onS,
            double minGapS,
            double maxGapS,
            int repeatsPerType,
            List<String> trialTypes,
            long seed) {
        long count = (long) repeatsPerType * trialTypes.size();
        if (!(baselineS >= 0)
                || !(onS > 0)
                || !(minGapS >= 0)
                || !(maxGapS >= minGapS)
                || repeatsPerType < 1
                || count < 1
                || count > MOST_EVENTS) {
            throw new IllegalArgumentException(
                    "random paradigm of baseline " + baselineS + " s, on " + onS + " s, gaps "
                            + minGapS + " to " + maxGapS + " s, " + repeatsPerType + " x " + trialTypes
                            + ": expected on above 0, gaps in order, at least one type once");
        }
        SplittableRandom random = new SplittableRandom(seed);
        List<String> order = new ArrayList<>();
        for (int r = 0; r < repeatsPerType; r++) {
            order.addAll(trialTypes);
        }
        for (int i = order.size() - 1; i > 0; i--) {
            int k = random.nextInt(i + 1);
            String other = order.get(k);
            order.set(k, order.get(i));
            order.set(i, other);
        }
        List<Event> events = new ArrayList<>();
        double t = baselineS;
        for (String type : order) {
            events.add(new Event(t, onS, type));
            t += onS + minGapS + random.nextDouble() * (maxGapS - minGapS);
        }
        return new Paradigm(events, t);
    }

    /**
     * Reads a BIDS {@code events.tsv}: columns onset and duration are required, trial_type is optional, others are passed
     * over. {@code n/a} as a duration counts as 0.
     *
     * @param name of the file, for messages
     * @param text its content
     * @return the paradigm; it ends with its last event
     * @throws FusFormatException naming the line that cannot be understood
     */
    public static Paradigm fromEventsTsv(String name, String text) {
        String[] lines = text.split("\r?\n", -1);
        List<String> header = Arrays.asList(lines[0].replace("\ufeff", "").split("\t", -1));
        int onset = header.indexOf("onset");
        int duration = header.indexOf("duration");
        int type = header.indexOf("trial_type");
        if (onset < 0 || duration < 0) {
            throw new FusFormatException(
                    name, "line 1", "columns " + header + ", expected onset and duration, separated by tabs");
        }
        List<Event> events = new ArrayList<>();
        double end = 0;
        for (int i = 1; i < lines.length; i++) {
            if (lines[i].isBlank()) {
                continue;
            }
            String[] cells = lines[i].split("\t", -1);
            if (cells.length != header.size() || events.size() == MOST_EVENTS) {
                throw new FusFormatException(
                        name,
                        "line " + (i + 1),
                        cells.length + " columns after " + events.size() + " events, expected " + header.size()
                                + " columns and at most " + MOST_EVENTS + " events");
            }
            double d = cells[duration].strip().equals("n/a") ? 0 : number(name, i + 1, "duration", cells[duration]);
            double o = number(name, i + 1, "onset", cells[onset]);
            if (o < 0 || d < 0) {
                throw new FusFormatException(
                        name, "line " + (i + 1), "onset " + o + " and duration " + d + ", expected 0 or more");
            }
            events.add(new Event(o, d, type < 0 ? "n/a" : cells[type].strip()));
            end = Math.max(end, o + d);
        }
        if (events.isEmpty()) {
            throw new FusFormatException(name, "line 2", "no events, expected at least one");
        }
        return new Paradigm(events, Math.max(end, 1e-3));
    }

    private static double number(String name, int line, String column, String cell) {
        try {
            double v = Double.parseDouble(cell.strip());
            if (Double.isFinite(v)) {
                return v;
            }
        } catch (NumberFormatException e) {
            throw new FusFormatException(name, "line " + line, column + " is '" + cell + "', expected seconds", e);
        }
        throw new FusFormatException(name, "line " + line, column + " is '" + cell + "', expected finite seconds");
    }

    /**
     * Writes a BIDS {@code events.tsv}.
     *
     * @return header and one line per event, times in seconds to the microsecond
     */
    public String toEventsTsv() {
        StringBuilder b = new StringBuilder("onset\tduration\ttrial_type\n");
        for (Event e : events) {
            String type = e.trialType().isBlank() ? "n/a" : e.trialType().replaceAll("[\t\r\n]", " ");
            b.append(String.format(Locale.ROOT, "%.6f\t%.6f\t%s%n", e.onsetS(), e.durationS(), type)
                    .replace("\r\n", "\n"));
        }
        return b.toString();
    }
}
