package org.fus.examples.embed;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.fus.core.data.FusSeries;
import org.fus.core.probe.Probe;
import org.fus.core.run.RunContext;
import org.fus.core.simulation.HaemodynamicResponse;
import org.fus.hardware.Devices;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.plan.VisitOrder;
import org.fus.hardware.program.AcquisitionPlan;
import org.fus.hardware.program.AcquisitionPlans;
import org.fus.hardware.program.UprightPose;
import org.fus.hardware.session.AcquisitionSession;
import org.fus.hardware.session.OpenRig;
import org.fus.hardware.session.SessionPlan;
import org.fus.hardware.session.SessionReport;
import org.fus.hardware.trigger.Paradigm;
import org.fus.io.FusFiles;
import org.fus.io.bids.BidsEvent;
import org.fus.io.content.Content;

/** A 3-D+t experiment with motors and a stimulus, from the plan to the map of what answered. */
public final class FunctionalVolume {
    private FunctionalVolume() {}

    /**
     * Acquires volumes of the simulated brain while it is stimulated.
     *
     * @param folder where the files go
     * @param planes planes, 0.4 mm apart
     * @param cycles volumes
     * @param stimulus what is presented
     * @return how it went
     */
    public static SessionReport acquire(Path folder, int planes, int cycles, Paradigm stimulus) {
        // tag::acquire[]
        try (UltrasoundDevice scanner = Devices.open(URI.create("sim:icoprime?tier=image"));
                OpenRig lab = OpenRig.onSimulatedStage(scanner)) {
            AcquisitionPlan plan = plan(scanner.probe(), planes, cycles);
            SessionPlan session =
                    SessionPlan.of(plan).withStimulation(SessionPlan.Stimulation.on(stimulus, List.of("out1")));
            return AcquisitionSession.of(lab.rig(), session, folder).run(RunContext.inline());
        }
        // end::acquire[]
    }

    private static AcquisitionPlan plan(Probe probe, int planes, int cycles) {
        return AcquisitionPlans.fus3dT(probe)
                .withVisiting(new AcquisitionPlan.Visiting(
                        UprightPose.HOME, List.of(), planes, 0.4e-3, cycles, 1, VisitOrder.SERPENTINE, 0));
    }

    /**
     * Correlates every voxel with what the stimulus makes expect.
     *
     * @param scan the volumes
     * @param events what was presented
     * @param response how blood volume follows it
     * @return {@code [z][y][x]}, -1 to 1
     */
    public static double[] correlate(Path scan, List<BidsEvent> events, HaemodynamicResponse response) {
        // tag::correlate[]
        FusSeries series = ((Content.Series) FusFiles.open(scan)).series();
        int times = series.shape().times();
        int voxels = (int) series.shape().voxels();
        double[] values = series.read(0, 0, 0, times);
        double[] expected = new double[times];
        for (int t = 0; t < times; t++) {
            for (BidsEvent e : events) {
                expected[t] += response.at(series.times().timesS().get(t) - e.onsetS(), e.durationS());
            }
        }
        double[] map = new double[voxels];
        for (int v = 0; v < voxels; v++) {
            double[] course = new double[times];
            for (int t = 0; t < times; t++) {
                course[t] = values[t * voxels + v];
            }
            map[v] = correlation(course, expected);
        }
        return map;
        // end::correlate[]
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = java.util.Arrays.stream(a).average().orElse(0);
        double meanB = java.util.Arrays.stream(b).average().orElse(0);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
    }
}
