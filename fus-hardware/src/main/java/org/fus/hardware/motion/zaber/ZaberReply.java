package org.fus.hardware.motion.zaber;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One reply that carries a message number and the right checksum. */
record ZaberReply(int device, int axis, int id, boolean rejected, boolean busy, String warning, String data) {
    private static final Pattern LINE = Pattern.compile(
            "@([0-9]{2}) ([0-9]) ([0-9]{1,2}) (OK|RJ) (BUSY|IDLE) ([A-Z-]{2}) " + "([^:]{1,80}):([0-9A-F]{2})");

    /** Anything else, a damaged line included, is empty. */
    static Optional<ZaberReply> parse(String line) {
        Matcher m = LINE.matcher(line);
        if (!m.matches()
                || !ZaberAscii.checksum(line.substring(0, line.length() - 3), 1).equals(m.group(8))) {
            return Optional.empty();
        }
        return Optional.of(new ZaberReply(
                Integer.parseInt(m.group(1)),
                Integer.parseInt(m.group(2)),
                Integer.parseInt(m.group(3)),
                m.group(4).equals("RJ"),
                m.group(5).equals("BUSY"),
                m.group(6),
                m.group(7)));
    }
}
