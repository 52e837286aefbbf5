package org.fus.hardware.lsl;

import java.net.InetAddress;

/**
 * A stream that somebody offers.
 *
 * @param info what it is; labels are not told by discovery
 * @param uid tells this run of the stream from all others
 * @param hostName name of its machine, as it says
 * @param address where it answered from
 * @param dataPort TCP port of the samples
 * @param servicePort UDP port of time correction
 * @param protocolVersion highest version that it speaks, such as 110
 */
public record LslFound(
        LslStreamInfo info,
        String uid,
        String hostName,
        InetAddress address,
        int dataPort,
        int servicePort,
        int protocolVersion) {}
