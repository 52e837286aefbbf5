package org.fus.io.internal.hdf;

/**
 * How many data sets of a file have checksums of their values, which reading compares.
 *
 * @param checked data sets with a checksum (fletcher32)
 * @param all data sets, those below links that lead in circles counted up to a limit
 */
public record HdfChecksums(int checked, int all) {
    private static final int MAX_NODES = 10_000;
    private static final int MAX_DEPTH = 32;

    /** Counts. */
    public static HdfChecksums of(Hdf hdf) {
        int[] counts = new int[2];
        count(hdf, "", 0, counts);
        return new HdfChecksums(counts[0], counts[1]);
    }

    private static void count(Hdf hdf, String group, int depth, int[] counts) {
        for (String name : hdf.children(group)) {
            String path = group.isEmpty() ? name : group + "/" + name;
            if (counts[1] >= MAX_NODES) {
                return;
            }
            if (!hdf.isGroup(path)) {
                counts[0] += hdf.hasChecksum(path) ? 1 : 0;
                counts[1]++;
            } else if (depth < MAX_DEPTH) {
                count(hdf, path, depth + 1, counts);
            }
        }
    }
}
