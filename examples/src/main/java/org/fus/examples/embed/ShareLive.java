package org.fus.examples.embed;

import java.util.List;
import java.util.Map;
import org.fus.core.data.DopplerFrame;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.PixelGrid;
import org.fus.hardware.igtl.IgtlImage;
import org.fus.hardware.igtl.IgtlMessage;
import org.fus.hardware.igtl.IgtlServer;
import org.fus.hardware.igtl.IgtlStatus;
import org.fus.hardware.igtl.IgtlTransform;
import org.fus.hardware.lsl.LslClock;
import org.fus.hardware.lsl.LslOutlet;
import org.fus.hardware.lsl.LslStreamInfo;

/** Shows live maps to 3D Slicer through OpenIGTLink, and streams the mean of regions to recorders through LSL. */
public final class ShareLive implements AutoCloseable {
    private final IgtlServer server;
    private final LslOutlet courses;
    private final LslOutlet markers;

    /**
     * Opens the server and the streams on this machine.
     *
     * @param port port of OpenIGTLink, 0 for any free one
     * @param source tells this scanner from others in LSL
     */
    public ShareLive(int port, String source) {
        // tag::open[]
        server = IgtlServer.start(port); // 18944 is the protocol's own
        courses = LslOutlet.open(LslStreamInfo.timeCourses("Doppler", List.of("left", "right"), 2.5, source));
        markers = LslOutlet.open(LslStreamInfo.markers("Scanner", source));
        // end::open[]
    }

    /**
     * Shares one map; returns at once.
     *
     * @param map power Doppler on a grid along the axes of the probe
     * @param probeToLab where the probe is, metres
     * @param number number of the map
     */
    public void share(DopplerFrame map, Affine3 probeToLab, int number) {
        // tag::share[]
        server.publish(IgtlMessage.of("Scanner", IgtlStatus.ok("map " + number)));
        server.publish(IgtlMessage.of("ProbeToLab", new IgtlTransform(probeToLab)));
        server.publish(IgtlMessage.of("PowerDoppler", IgtlImage.of(map, probeToLab))
                .withMetadata(Map.of("frame", Integer.toString(number))));
        courses.push(LslClock.nowS(), mean(map, -1), mean(map, 1));
        // end::share[]
    }

    /**
     * Tells recorders that something happened.
     *
     * @param event what
     */
    public void mark(String event) {
        markers.pushText(LslClock.nowS(), event);
    }

    /**
     * The port of OpenIGTLink.
     *
     * @return the real one
     */
    public int port() {
        return server.address().getPort();
    }

    private static double mean(DopplerFrame map, int side) {
        PixelGrid grid = map.grid().cartesian();
        double sum = 0;
        int n = 0;
        for (int p = 0; p < grid.size(); p++) {
            if (Math.signum(grid.pointM(p).x()) == side) {
                sum += map.at(p);
                n++;
            }
        }
        return sum / n;
    }

    @Override
    public void close() {
        markers.close();
        courses.close();
        server.close();
    }
}
