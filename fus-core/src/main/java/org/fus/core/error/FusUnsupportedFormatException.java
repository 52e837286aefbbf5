package org.fus.core.error;

/** A file is not damaged as far as is known, but holds what this version of the SDK, or this machine, does not read. */
public final class FusUnsupportedFormatException extends FusFormatException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure of the form {@code source: where: problem}.
     *
     * @param source the file or other byte source
     * @param where the field, node or byte offset
     * @param problem what is not read, what is, and the remedy
     */
    public FusUnsupportedFormatException(String source, String where, String problem) {
        super(source, where, problem);
    }

    /**
     * Creates a failure of the form {@code source: where: problem} with its cause.
     *
     * @param source the file or other byte source
     * @param where the field, node or byte offset
     * @param problem what is not read, what is, and the remedy
     * @param cause the underlying failure
     */
    public FusUnsupportedFormatException(String source, String where, String problem, Throwable cause) {
        super(source, where, problem, cause);
    }
}
