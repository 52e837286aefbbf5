package org.fus.io.zarr;

/**
 * How the key of a chunk is made of its place in the grid.
 *
 * @param prefixed whether keys start with {@code c}, the default of version 3, or not, as in version 2
 * @param separator between the numbers: {@code /} or {@code .}
 */
public record ChunkKeys(boolean prefixed, char separator) {
    /** The default of version 3: {@code c/0/1}. */
    public static final ChunkKeys DEFAULT = new ChunkKeys(true, '/');

    /** Chunks side by side in one folder, {@code c.0.1}, so that a new chunk changes the entries of one folder alone. */
    public static final ChunkKeys FLAT = new ChunkKeys(true, '.');

    /** Checks. */
    public ChunkKeys {
        if (separator != '/' && separator != '.') {
            throw new IllegalArgumentException("separator of chunk keys '" + separator + "', expected / or .");
        }
    }

    /**
     * The key of a chunk.
     *
     * @param place of the chunk in the grid, one number per axis; empty for an array without axes
     * @return such as {@code c/0/1}
     */
    public String key(long... place) {
        StringBuilder key = new StringBuilder(prefixed ? "c" : "");
        for (long p : place) {
            if (!key.isEmpty()) {
                key.append(separator);
            }
            key.append(p);
        }
        return key.isEmpty() ? "0" : key.toString();
    }
}
