package org.fus.core.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which elements each receive channel is connected to: one, none, or several that are summed in hardware; the same for
 * all transmits, or another set per transmit (sub-apertures, multiplexers). Immutable.
 */
public final class ChannelMap {
    /** {@code [transmit or one for all][channel][its elements]}. */
    private final int[][][] elements;

    private ChannelMap(int[][][] elements) {
        this.elements = elements;
    }

    /**
     * Channel {@code i} belongs to element {@code i}, in every transmit.
     *
     * @param elementCount number of elements, at least 1
     * @return the map
     */
    public static ChannelMap identity(int elementCount) {
        return ofElements(IntStream.range(0, elementCount).toArray());
    }

    /**
     * One element per channel, the same in every transmit: a sub-aperture, or a wiring in another order.
     *
     * @param elementOfChannel per channel its element, from 0, or -1 when it is not connected
     * @return the map
     */
    public static ChannelMap ofElements(int... elementOfChannel) {
        return ofElementsPerTransmit(elementOfChannel);
    }

    /**
     * One element per channel, another set in each transmit, as a multiplexer gives.
     *
     * @param elementOfChannel {@code [transmit][channel]}, element from 0, or -1 when it is not connected
     * @return the map
     */
    public static ChannelMap ofElementsPerTransmit(int[]... elementOfChannel) {
        int[][][] groups = new int[elementOfChannel.length][][];
        for (int t = 0; t < groups.length; t++) {
            groups[t] = Arrays.stream(elementOfChannel[t])
                    .mapToObj(e -> e == -1 ? new int[0] : new int[] {e})
                    .toArray(int[][]::new);
        }
        return ofGroups(groups);
    }

    /**
     * Any number of elements per channel.
     *
     * @param elementsOfChannel {@code [transmit][channel][elements]}; one transmit stands for all
     * @return the map
     */
    public static ChannelMap ofGroups(int[][]... elementsOfChannel) {
        int[][][] copy = new int[elementsOfChannel.length][][];
        for (int t = 0; t < copy.length; t++) {
            if (elementsOfChannel[t].length == 0 || elementsOfChannel[t].length != elementsOfChannel[0].length) {
                throw new IllegalArgumentException("channel map of transmit " + t + " has "
                        + elementsOfChannel[t].length + " channels, of transmit 0 " + elementsOfChannel[0].length
                        + "; all transmits need the same number, at least 1");
            }
            copy[t] = new int[elementsOfChannel[t].length][];
            for (int c = 0; c < copy[t].length; c++) {
                copy[t][c] = elementsOfChannel[t][c].clone();
                for (int e : copy[t][c]) {
                    if (e < 0) {
                        throw new IllegalArgumentException(
                                "channel " + c + " of transmit " + t + " has element " + e + "; elements count from 0");
                    }
                }
            }
        }
        if (copy.length == 0) {
            throw new IllegalArgumentException("a channel map needs at least one transmit, which may stand for all");
        }
        return new ChannelMap(copy);
    }

    /**
     * The number of channels.
     *
     * @return at least 1
     */
    public int channels() {
        return elements[0].length;
    }

    /**
     * The number of transmits that the map tells apart.
     *
     * @return 1 when all have the same map
     */
    public int transmits() {
        return elements.length;
    }

    /**
     * The elements of a channel.
     *
     * @param transmit from 0
     * @param channel from 0
     * @return a copy; empty when the channel is not connected
     */
    public int[] elements(int transmit, int channel) {
        return of(transmit)[channel].clone();
    }

    /**
     * Whether two transmits have the same map.
     *
     * @param transmit from 0
     * @param other from 0
     * @return true when each channel has the same elements in both
     */
    public boolean sameIn(int transmit, int other) {
        return Arrays.deepEquals(of(transmit), of(other));
    }

    /**
     * Whether channel {@code i} belongs to element {@code i} alone, in every transmit.
     *
     * @param elementCount number of elements of the probe
     * @return true for {@link #identity}
     */
    public boolean isIdentity(int elementCount) {
        return equals(identity(elementCount));
    }

    /**
     * The map of one transmit alone.
     *
     * @param transmit from 0
     * @return a map that stands for all transmits
     */
    public ChannelMap only(int transmit) {
        return new ChannelMap(new int[][][] {of(transmit)});
    }

    /** Largest element that any channel has, or -1. */
    int largestElement() {
        return Arrays.stream(elements)
                .flatMap(Arrays::stream)
                .flatMapToInt(Arrays::stream)
                .max()
                .orElse(-1);
    }

    private int[][] of(int transmit) {
        return elements[elements.length == 1 ? 0 : transmit];
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ChannelMap m && Arrays.deepEquals(elements, m.elements);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(elements);
    }

    @Override
    public String toString() {
        return "ChannelMap[" + channels() + " channels, " + transmits() + " maps]";
    }
}
