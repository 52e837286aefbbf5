package org.fus.io.bids;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a recording in a data set: {@code sub-01_ses-02_task-rest_acq-slice_run-1_pose-2_pwd}. Labels are letters and
 * digits.
 *
 * @param subject label of the subject
 * @param session label of the session, empty when there are none
 * @param task label of the task, empty for anatomy
 * @param acquisition label that tells acquisitions apart, or empty
 * @param run number of the run, 0 for none
 * @param pose label of the pose, or empty
 */
public record BidsName(String subject, String session, String task, String acquisition, int run, String pose) {
    private static final Pattern NAME = Pattern.compile("sub-([A-Za-z0-9]+)(?:_ses-([A-Za-z0-9]+))?"
            + "(?:_task-([A-Za-z0-9]+))?(?:_acq-([A-Za-z0-9]+))?(?:_run-([0-9]{1,6}))?(?:_pose-([A-Za-z0-9]+))?_pwd"
            + "(?:\\.nii(?:\\.gz)?)?");

    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9]*");

    /** Checks the labels. */
    public BidsName {
        List<String> problems = new ArrayList<>();
        if (subject.isEmpty()) {
            problems.add("subject is empty");
        }
        for (String[] label : new String[][] {
            {"subject", subject}, {"session", session}, {"task", task}, {"acquisition", acquisition}, {"pose", pose}
        }) {
            if (!LABEL.matcher(label[1]).matches()) {
                problems.add(label[0] + " '" + label[1] + "' has other characters than letters and digits");
            }
        }
        if (run < 0) {
            problems.add("run " + run + " is negative");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("BIDS name: " + String.join("; also: ", problems));
        }
    }

    /**
     * A functional recording without session, acquisition, run or pose.
     *
     * @param subject label of the subject
     * @param task label of the task
     * @return the name
     */
    public static BidsName of(String subject, String task) {
        return new BidsName(subject, "", task, "", 0, "");
    }

    /**
     * Takes a file name apart.
     *
     * @param fileName with or without {@code .nii} or {@code .nii.gz}
     * @return the name; nothing when it is none
     */
    public static Optional<BidsName> parse(String fileName) {
        Matcher m = NAME.matcher(fileName);
        return m.matches()
                ? Optional.of(new BidsName(
                        m.group(1),
                        text(m.group(2)),
                        text(m.group(3)),
                        text(m.group(4)),
                        m.group(5) == null ? 0 : Integer.parseInt(m.group(5)),
                        text(m.group(6))))
                : Optional.empty();
    }

    /**
     * The name of its files, without an extension.
     *
     * @return such as {@code sub-01_task-rest_pwd}
     */
    public String stem() {
        return withoutSuffix() + "_pwd";
    }

    /**
     * The name up to the suffix, which events share.
     *
     * @return such as {@code sub-01_task-rest}
     */
    public String withoutSuffix() {
        return "sub-" + subject + part("ses", session) + part("task", task) + part("acq", acquisition)
                + (run == 0 ? "" : "_run-" + run) + part("pose", pose);
    }

    /**
     * The folder of its files below the data set.
     *
     * @return names joined by {@code /}: {@code sub-01/ses-02/fusi}, or {@code .../angio} for anatomy
     */
    public String folder() {
        return "sub-" + subject + (session.isEmpty() ? "" : "/ses-" + session) + (task.isEmpty() ? "/angio" : "/fusi");
    }

    private static String part(String key, String label) {
        return label.isEmpty() ? "" : "_" + key + "-" + label;
    }

    private static String text(String group) {
        return group == null ? "" : group;
    }
}
