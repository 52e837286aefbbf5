package org.fus.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfArray;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A region computed once and moved, against all its scatterers computed anew where they are. */
class TissueShiftTest {
    private static final ChannelFormat FORMAT =
            SimulationFixtures.format(SimulationFixtures.sparse(), 3, 3.5e-3, 7.5e-3);

    @ParameterizedTest(name = "{0} mm region moved by ({1}, {2}) um: below {3} dB")
    @CsvSource({
        // size mm, dx um, dz um, largest error dB
        "1.55, 0, 0, -58",
        "1.55, 0, 5, -57",
        "1.55, 5, 0, -57",
        "1.55, 3.3, -7.7, -50",
        "1.55, -10, 0, -50",
        "1.55, 0, 10, -50",
        "1.55, 20, 0, -38",
        "1.55, 0, -20, -38",
        "0.7, 14, -14, -50",
        "0.7, 20, 0, -50",
    })
    void analogue_movedRegion_equalsItsScatterersMoved(double sizeMm, double dxUm, double dzUm, double limitDb) {
        Scatterers region = SimulationFixtures.square(3, 400, 1e-3, 5.5e-3, sizeMm * 1e-3);
        // the drift of one frame is the displacement
        double dx = dxUm * 1e-6;
        double dz = dzUm * 1e-6;
        Phantom phantom = new Phantom(
                1,
                List.of(new TissueRegion(region, new TissueMotion(dx * 500, dz * 500, List.of()))),
                List.of(),
                Double.POSITIVE_INFINITY);
        ChannelSimulator simulator =
                SimulationFixtures.plan(FORMAT, Medium.SOFT_TISSUE, phantom).withGain(1);
        RfArray frame = simulator.analogue(1, 1, RunContext.inline());
        double worst = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < FORMAT.transmits(); t++) {
            for (int e = 0; e < FORMAT.channels(); e++) {
                double[] expected =
                        NaiveEchoes.trace(FORMAT, SimulationFixtures.PULSE, Medium.SOFT_TISSUE, region, dx, dz, t, e);
                worst = Math.max(worst, SimulationFixtures.errorDb(SimulationFixtures.trace(frame, 0, t, e), expected));
            }
        }
        assertThat(worst).as("worst channel, dB").isLessThan(limitDb);
    }

    @Test
    void analogue_echoThatMovesIntoTheWindow_isThere() {
        // at rest the echo ends before the window begins; 60 um deeper its middle is just before sample 0
        Scatterers point = Scatterers.point(SimulationFixtures.sparse().elementXM(4), 5e-3);
        Medium medium = Medium.lossless(1540);
        TransmitSequence sequence = TransmitSequence.planeWaves(0, 0, 1, 15.625e6, 500);
        ChannelFormat late = new ChannelFormat(
                SimulationFixtures.sparse(),
                sequence,
                SampleAxis.common(SimulationFixtures.FS, 10e-3 / 1540 + 90e-9, 1, 300));
        Phantom phantom = new Phantom(
                1,
                List.of(
                        new TissueRegion(point, new TissueMotion(0, 60e-6 * 500, List.of())),
                        new TissueRegion(Scatterers.point(0, 6e-3), TissueMotion.NONE)),
                List.of(),
                Double.POSITIVE_INFINITY);
        ChannelSimulator simulator =
                SimulationFixtures.plan(late, medium, phantom).withGain(1);
        float[] moved = SimulationFixtures.trace(simulator.analogue(1, 1, RunContext.inline()), 0, 0, 4);
        double[] expected = NaiveEchoes.trace(late, SimulationFixtures.PULSE, medium, point, 0, 60e-6, 0, 4);
        assertThat(Math.abs(expected[0]))
                .as("the moved echo reaches the window")
                .isGreaterThan(0.05);
        for (int i = 0; i < 12; i++) {
            // a table step of 1/1024 dense sample and the interpolation: together 1e-3 of the echo's amplitude (0.45)
            assertThat((double) moved[i]).isCloseTo(expected[i], within(5e-4));
        }
    }
}
