package org.fus.hardware.igtl;

/**
 * STATUS: how a device is.
 *
 * @param code the state, 0 to 65535; the protocol's own are constants here
 * @param subcode the device's own code
 * @param errorName short name of the state, at most 20 Latin-1 characters
 * @param message for people; ASCII is what every receiver shows
 */
public record IgtlStatus(int code, long subcode, String errorName, String message) implements IgtlContent {
    /** All is well. */
    public static final int OK = 1;
    /** An error without a code of its own. */
    public static final int UNKNOWN_ERROR = 2;
    /** Emergency: the device is in its panic mode. */
    public static final int PANIC_MODE = 3;
    /** What was asked for does not exist. */
    public static final int NOT_FOUND = 4;
    /** The device does something else. */
    public static final int BUSY = 6;
    /** Something took too long. */
    public static final int TIME_OUT = 7;
    /** Data came faster than they were taken. */
    public static final int OVERFLOW = 8;
    /** A wrong argument or setting. */
    public static final int CONFIGURATION_ERROR = 10;
    /** The device is not ready. */
    public static final int NOT_READY = 13;
    /** The device is broken. */
    public static final int HARDWARE_FAILURE = 18;

    static final String TYPE = "STATUS";

    /** Checks code and name. */
    public IgtlStatus {
        if (code < 0 || code > 0xffff) {
            throw new IllegalArgumentException("status code of " + code + ", expected 0 to 65535");
        }
        WireText.requireLatin1("name of the status", errorName, IgtlMessage.LONGEST_NAME);
        if (message.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("message of the status holds the character 0, which ends it");
        }
    }

    /**
     * All is well.
     *
     * @param message for people
     * @return code {@link #OK}
     */
    public static IgtlStatus ok(String message) {
        return new IgtlStatus(OK, 0, "OK", message);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
