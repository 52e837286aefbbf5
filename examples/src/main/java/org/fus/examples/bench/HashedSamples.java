package org.fus.examples.bench;

/** The numbers that fill inputs in Java and in the native programs alike. */
final class HashedSamples {
    private HashedSamples() {}

    /** A whole number from -2048 to 2047. */
    static float at(int i) {
        int h = i * 0x9E3779B1;
        h ^= h >>> 15;
        h *= 0x85EBCA77;
        h ^= h >>> 13;
        return (h >>> 20) - 2048;
    }
}
