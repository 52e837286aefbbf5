package org.fus.hardware.igtl;

/**
 * What a server has done since it was started.
 *
 * @param published messages that the host published
 * @param sent messages that clients have taken, counted once per client
 * @param dropped messages that a client was too slow for, counted once per client
 * @param received whole messages from clients
 * @param damaged messages from clients that were passed over: wrong checksum or fields
 * @param cut connections that the server ended: not OpenIGTLink, too long, half a message, nothing taken for too long
 * @param refused connections beyond the number of clients
 * @param clients connections now
 */
public record IgtlStatistics(
        long published, long sent, long dropped, long received, long damaged, long cut, long refused, int clients) {}
