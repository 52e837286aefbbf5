package org.fus.hardware.igtl;

/** CRC-64 of ECMA-182: polynomial 0x42F0E1EBA9EA3693, start 0, no reflection, no final change. */
final class Crc64 {
    private static final long POLYNOMIAL = 0x42F0E1EBA9EA3693L;

    /** {@code TABLES[k][b]}: what byte {@code b} does to the sum when {@code k} more bytes follow it. */
    private static final long[][] TABLES = tables();

    private Crc64() {}

    /** The sum of a range of bytes; eight bytes at a time, as images come in megabytes. */
    static long of(byte[] data, int offset, int length) {
        long crc = 0;
        int i = offset;
        int end = offset + length;
        for (; i + 8 <= end; i += 8) {
            long next = 0;
            for (int k = 0; k < 8; k++) {
                int mixed = (int) (crc >>> (56 - 8 * k)) ^ data[i + k];
                next ^= TABLES[7 - k][mixed & 0xff];
            }
            crc = next;
        }
        for (; i < end; i++) {
            crc = TABLES[0][((int) (crc >>> 56) ^ data[i]) & 0xff] ^ (crc << 8);
        }
        return crc;
    }

    private static long[][] tables() {
        long[][] tables = new long[8][256];
        for (int b = 0; b < 256; b++) {
            long crc = (long) b << 56;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc < 0 ? (crc << 1) ^ POLYNOMIAL : crc << 1;
            }
            tables[0][b] = crc;
        }
        for (int k = 1; k < 8; k++) {
            for (int b = 0; b < 256; b++) {
                long before = tables[k - 1][b];
                tables[k][b] = tables[0][(int) (before >>> 56)] ^ (before << 8);
            }
        }
        return tables;
    }
}
