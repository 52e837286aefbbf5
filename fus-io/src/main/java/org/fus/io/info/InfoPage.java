package org.fus.io.info;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fus.io.content.Content;

/**
 * What a person asks of a file first, next to its description: {@code durationS}, {@code frameRateHz}, {@code subject},
 * {@code session} and {@code integrity}. {@code notStated} lists those entries, and those of the description, that the file
 * does not state; a value that stands there all the same was assumed. {@code fromName} lists those that only the name of the
 * file tells. Entries that content of this kind does not have are null and in neither list.
 */
public final class InfoPage {
    /** The entries that this page adds; each is there, null where it is not known. */
    public static final List<String> ENTRIES =
            List.of("durationS", "frameRateHz", "subject", "session", "integrity", "notStated", "fromName");

    /** As in {@code sub-01_ses-02_task-rest_pwd.nii.gz}; the vendor names its files in the same way. */
    private static final Pattern ENTITY = Pattern.compile("(?:^|_)((sub|ses)-[A-Za-z0-9]+)(?=[_.]|$)");

    private InfoPage() {}

    /**
     * Describes content as indented JSON.
     *
     * @param content what a file holds
     * @return {@link FileInfo#of} and {@link #ENTRIES}
     */
    public static String json(Content content) {
        Map<String, Object> info = FileInfo.of(content);
        List<String> notStated = new ArrayList<>();
        List<String> fromName = new ArrayList<>();
        // A series carries what it does not know along; the reader may add what it filled in.
        for (Object metadata : List.of(info.get("metadata"), content.origin().metadata())) {
            if (((Map<?, ?>) metadata).get(FileInfo.NOT_STATED) instanceof List<?> names) {
                names.stream()
                        .map(String::valueOf)
                        .filter(n -> !notStated.contains(n))
                        .forEach(notStated::add);
            }
        }
        boolean timed = !notStated.contains("timesS");
        Optional<Double> intervalS = timed ? intervalS(info) : Optional.empty();
        Optional<Double> durationS = timed ? durationS(info, intervalS) : Optional.empty();
        info.put("durationS", durationS.orElse(null));
        info.put("frameRateHz", intervalS.map(s -> 1 / s).orElse(null));
        label(info, fromName, "subject", "subjectTag", "sub");
        label(info, fromName, "session", "sessionTag", "ses");
        String integrity = content.origin().integrity();
        info.put("integrity", integrity.isEmpty() ? null : integrity);
        for (String name : meaningful(content)) {
            if (info.get(name) == null && !notStated.contains(name)) {
                notStated.add(name);
            }
        }
        info.put("notStated", notStated);
        info.put("fromName", fromName);
        return FileInfo.json(info);
    }

    /** The entries that content of a kind can have. */
    private static List<String> meaningful(Content content) {
        return switch (content) {
            // The rate of a single volume is not missing: there is none.
            case Content.Series s
            when s.series().shape().times() == 1 ->
                List.of("voxelSizeM", "durationS", "probe", "sequence", "subject", "session");
            case Content.Series _, Content.Iq _, Content.Array _ ->
                List.of("voxelSizeM", "durationS", "frameRateHz", "probe", "sequence", "subject", "session");
            case Content.Channels _ -> List.of("durationS", "frameRateHz", "probe", "sequence", "subject", "session");
            case Content.Doppler _ -> List.of("voxelSizeM", "probe", "sequence", "subject", "session");
            case Content.Transform _, Content.Regions _, Content.Program _ -> List.of("subject", "session");
        };
    }

    /** Seconds from one frame or volume to the next. */
    private static Optional<Double> intervalS(Map<String, Object> info) {
        for (Object axis : (List<?>) info.get("axes")) {
            Map<?, ?> a = (Map<?, ?>) axis;
            boolean time = a.get("name").equals("time") || a.get("name").equals("frame");
            if (time && a.get("spacing") instanceof Double step && step > 0) {
                return Optional.of(step);
            }
        }
        return Optional.empty();
    }

    /** From the start of the first frame or volume to the end of the last one. */
    private static Optional<Double> durationS(Map<String, Object> info, Optional<Double> intervalS) {
        if (!(info.get("timesS") instanceof List<?> times) || times.isEmpty()) {
            return Optional.empty();
        }
        double last = (double) times.getLast();
        if (intervalS.isPresent()) {
            return Optional.of(last - (double) times.getFirst() + intervalS.get());
        }
        // A single volume: its time is that of its end.
        return Optional.of(last).filter(t -> t > 0);
    }

    private static void label(
            Map<String, Object> info, List<String> fromName, String entry, String tag, String entity) {
        Object stated = info.get("metadata") instanceof Map<?, ?> m ? m.get(tag) : null;
        if (stated instanceof String text && !text.isBlank()) {
            info.put(entry, text.strip());
            return;
        }
        String file = String.valueOf(info.get("file"));
        Matcher names = ENTITY.matcher(file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1));
        info.put(entry, null);
        while (names.find()) {
            if (names.group(2).equals(entity) && info.get(entry) == null) {
                info.put(entry, names.group(1));
                fromName.add(entry);
            }
        }
    }
}
