package org.fus.cloud.job;

import java.time.InstantSource;

/** What one attempt has to say, line by line. Safe for use by many threads. */
final class JobLog {
    private static final String CUT = "... the log is longer than it may be; the rest is left out\n";

    private final StringBuilder text = new StringBuilder();
    private final InstantSource clock;

    JobLog(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void line(String line) {
        if (text.length() < JobRecords.MAX_LOG_BYTES / 4) {
            text.append(clock.instant())
                    .append(' ')
                    .append(line.replaceAll("\\s*\\R\\s*", " "))
                    .append('\n');
        } else if (!text.toString().endsWith(CUT)) {
            text.append(CUT);
        }
    }

    synchronized String text() {
        return text.toString();
    }
}
