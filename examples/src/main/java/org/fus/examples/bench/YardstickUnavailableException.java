package org.fus.examples.bench;

/** This machine cannot run a yardstick; the message says why, for people. */
public final class YardstickUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    YardstickUnavailableException(String why) {
        super(why);
    }
}
