package org.fus.core.error;

/** A file or message does not have the layout that its format demands, or one that this version does not read. */
public sealed class FusFormatException extends FusException permits FusUnsupportedFormatException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure of the form {@code source: where: problem}.
     *
     * @param source the file or other byte source
     * @param where the field, node or byte offset
     * @param problem what was expected, what was found, and the remedy
     */
    public FusFormatException(String source, String where, String problem) {
        super(source + ": " + where + ": " + problem);
    }

    /**
     * Creates a failure of the form {@code source: where: problem} with its cause.
     *
     * @param source the file or other byte source
     * @param where the field, node or byte offset
     * @param problem what was expected, what was found, and the remedy
     * @param cause the underlying failure
     */
    public FusFormatException(String source, String where, String problem, Throwable cause) {
        super(source + ": " + where + ": " + problem, cause);
    }
}
