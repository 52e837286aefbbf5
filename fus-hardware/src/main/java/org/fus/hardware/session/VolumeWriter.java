package org.fus.hardware.session;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.fus.core.data.DopplerFrame;
import org.fus.io.scan.StreamingScan;

/** Puts the maps of visits together to volumes, and appends each volume to the scan when its last pose was visited. */
final class VolumeWriter {
    private final VolumeLayout layout;
    private final StreamingScan scan;
    private final double[] volume;
    private final List<Double> endsS;
    private final BitSet visited = new BitSet();
    private int cycle;

    VolumeWriter(VolumeLayout layout, StreamingScan scan) {
        this.layout = layout;
        this.scan = scan;
        this.volume = new double
                [Math.toIntExact(layout.shape().poses() * layout.shape().voxels())];
        this.endsS = new ArrayList<>(
                Collections.nCopies(layout.shape().poses() * layout.shape().ny(), 0.0));
    }

    /**
     * Takes the maps of one visit: one per block, and the end of the integration of each, seconds.
     *
     * @param atCycle repetition of the volume; a new one drops what is left of the one before
     */
    void visit(int atCycle, int pose, List<DopplerFrame> maps, List<Double> mapEndsS) {
        if (layout.blocksAreVolumes()) {
            for (int m = 0; m < maps.size(); m++) {
                put(pose, maps.subList(m, m + 1));
                scan.append(mapEndsS.get(m), volume);
            }
            return;
        }
        if (atCycle != cycle) {
            cycle = atCycle;
            visited.clear();
        }
        put(pose, maps);
        for (int y = 0; y < layout.slicesPerPose(); y++) {
            endsS.set(layout.slice(pose, y), mapEndsS.getLast());
        }
        visited.set(pose);
        if (visited.cardinality() == layout.poses()) {
            scan.append(endsS, volume);
            visited.clear();
        }
    }

    /** The mean of the maps of one pose. */
    private void put(int pose, List<DopplerFrame> maps) {
        int nx = layout.shape().nx();
        int ny = layout.slicesPerPose();
        for (int z = 0; z < layout.shape().nz(); z++) {
            for (int y = 0; y < ny; y++) {
                int row = layout.rowStart(pose, z, y);
                for (int x = 0; x < nx; x++) {
                    double sum = 0;
                    for (DopplerFrame map : maps) {
                        sum += map.at((z * ny + y) * nx + x);
                    }
                    volume[row + x] = sum / maps.size();
                }
            }
        }
    }
}
