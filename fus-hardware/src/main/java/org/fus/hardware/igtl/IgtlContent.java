package org.fus.hardware.igtl;

/** What a message says. Lengths are metres here and millimetres on the wire. */
public sealed interface IgtlContent permits IgtlImage, IgtlTransform, IgtlStatus, IgtlString, IgtlTracking, IgtlOther {
    /**
     * The name of the message type.
     *
     * @return such as {@code IMAGE}, at most 12 characters
     */
    String type();
}
