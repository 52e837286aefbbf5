package org.fus.hardware.bridge;

/** The messages of the protocol. Code, sender and body of each stand in docs/bridge.md. */
enum MessageType {
    // from the host; the scanner replies with the same type
    HELLO(1),
    STATUS(2),
    DEFAULT_PROGRAM(3),
    VALIDATE(4),
    UPLOAD(5),
    START(6),
    SET_VOLTAGE(7),
    HEARTBEAT(8),
    RESET(9),
    PING(10),
    // from the host, without a reply
    STOP(16),
    TRIP(17),
    EMERGENCY_STOP(18),
    RELEASE(19),
    BYE(20),
    // from the scanner, by itself
    FIRING(32),
    VOLTAGE(33),
    OVERFLOW(34),
    LATE(35),
    PROBE(36),
    FAULT(37),
    WARNING(38),
    BLOCK_PART(39),
    BLOCK(40),
    RUN_ENDED(41);

    private static final MessageType[] BY_CODE = new MessageType[42];

    static {
        for (MessageType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;

    MessageType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The type of a code that came; null for one that nobody knows. */
    static MessageType of(int code) {
        return code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
