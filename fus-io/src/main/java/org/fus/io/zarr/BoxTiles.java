package org.fus.io.zarr;

/** Cuts a box at the borders of a regular grid. */
final class BoxTiles {
    private BoxTiles() {}

    /** Takes one part of the box, which lies within one tile. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Takes a part.
         *
         * @param tile place of the tile in the grid
         * @param inTile first index of the part within its tile
         * @param inBox first index of the part within the box
         * @param part lengths of the part
         */
        void visit(long[] tile, int[] inTile, int[] inBox, int[] part);
    }

    /** Visits the parts in row-major order of their tiles; none when the box is empty. */
    static void forEach(long[] start, int[] count, int[] tileShape, Visitor visitor) {
        int axes = start.length;
        long[] first = new long[axes];
        long[] last = new long[axes];
        for (int i = 0; i < axes; i++) {
            if (count[i] == 0) {
                return;
            }
            first[i] = start[i] / tileShape[i];
            last[i] = (start[i] + count[i] - 1) / tileShape[i];
        }
        long[] tile = first.clone();
        while (true) {
            int[] inTile = new int[axes];
            int[] inBox = new int[axes];
            int[] part = new int[axes];
            for (int i = 0; i < axes; i++) {
                long tileStart = tile[i] * tileShape[i];
                long from = Math.max(start[i], tileStart);
                // Written so that a tile at the end of the range of long does not overflow.
                long to = Math.min(start[i] + count[i] - tileStart, tileShape[i]) + tileStart;
                inTile[i] = (int) (from - tileStart);
                inBox[i] = (int) (from - start[i]);
                part[i] = (int) (to - from);
            }
            visitor.visit(tile.clone(), inTile, inBox, part);
            int axis = axes - 1;
            while (axis >= 0 && ++tile[axis] > last[axis]) {
                tile[axis] = first[axis];
                axis--;
            }
            if (axis < 0) {
                return;
            }
        }
    }
}
