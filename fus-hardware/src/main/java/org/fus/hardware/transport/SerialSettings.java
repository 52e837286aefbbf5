package org.fus.hardware.transport;

/**
 * How bytes travel on a serial line; always 8 data bits, no parity, 1 stop bit, as every controller here expects.
 *
 * @param baud bits per second
 * @param hardwareFlowControl whether RTS and CTS regulate the flow
 */
public record SerialSettings(int baud, boolean hardwareFlowControl) {
    /** 115200 bits per second without flow control: Zaber ASCII, PI, GRBL and most trigger boxes. */
    public static final SerialSettings DEFAULT = new SerialSettings(115_200, false);

    /** Checks the rate. */
    public SerialSettings {
        if (baud < 50 || baud > 12_000_000) {
            throw new IllegalArgumentException("serial rate of " + baud + " baud, expected 50 to 12000000");
        }
    }
}
