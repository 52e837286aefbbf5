package org.fus.io.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.fus.core.data.FusSeries;
import org.fus.core.geometry.PixelGrid;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.testing.KilledChild;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process appends to a growing scan and is killed at random moments: no volume that it acknowledged is lost. */
class StreamingScanKillTest {
    /** Under {@code -Dfus.full=true} the number that issue and manual promise; a share of it otherwise. */
    private static final int MOMENTS = Boolean.getBoolean("fus.full") ? 50 : 15;

    private static final int LATEST_MS = 200;
    private static final PixelGrid GRID = PixelGrid.xz(-1e-3, 1e-3, 16, 2e-3, 4e-3, 16);
    private static final int PLANNED = 20_000;

    @TempDir
    Path folder;

    @Test
    void kill_atRandomMoments_losesNoAcknowledgedVolumeAndEveryScanOpens() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int during = 0;
        for (int i = 0; i < MOMENTS; i++) {
            Path target = folder.resolve("a" + i + ".scan");
            // Most are killed while they record, some while they start.
            int acknowledged = KilledChild.acknowledged(Child.class, target, i % 5 > 0, random.nextInt(LATEST_MS));
            String as = "moment " + i + " of seed " + seed;
            if (!Files.exists(target)) {
                assertThat(acknowledged).as(as).isEqualTo(-1);
                continue;
            }
            during += acknowledged > 0 ? 1 : 0;
            requireVolumes(target, Math.max(0, acknowledged), as);
            assertThat(ScanRepair.verify(target)).as(as).isEmpty();
            ScanRepair.repair(target);
            // A scan without a volume is deleted.
            if (acknowledged > 0) {
                requireVolumes(target, acknowledged, as);
                assertThat(FusFiles.open(target).origin().warnings()).as(as).isEmpty();
            }
            Files.deleteIfExists(target);
        }
        // Were most children killed before their first volume, this would test nothing.
        assertThat(during)
                .as("children killed while they recorded, seed " + seed)
                .isGreaterThan(MOMENTS / 4);
    }

    private static void requireVolumes(Path target, int durable, String as) {
        FusSeries series = ((Content.Series) FusFiles.open(target)).series();
        assertThat(series.shape().times()).as(as).isGreaterThanOrEqualTo(durable);
        for (int t = 0; t < durable; t++) {
            assertThat(series.read(0, 0, t, 1)).as(as).isEqualTo(volume(t));
            assertThat(series.times().timesS().get(t)).as(as).isEqualTo(0.4 * (t + 1));
        }
    }

    private static double[] volume(int t) {
        double[] out = new double[GRID.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = 1 + i + 1000.0 * t;
        }
        return out;
    }

    /** Appends until it is killed, and says so after each volume. */
    static final class Child {
        private Child() {}

        /** Takes the name of the scan. */
        public static void main(String[] arguments) {
            StreamingScan scan = StreamingScan.start(
                    Path.of(arguments[0]),
                    new StreamingScan.Plan(
                            new FusSeries.Shape(1, 1, PLANNED, GRID.nz(), 1, GRID.nx()),
                            FusSeries.Geometry.of(GRID),
                            0.4,
                            Map.of()));
            System.out.println(0);
            for (int t = 0; t < PLANNED; t++) {
                scan.append(0.4 * (t + 1), volume(t));
                System.out.println(t + 1);
            }
        }
    }
}
