package org.fus.hardware.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.fus.core.data.IqEnsemble;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.geometry.Vector3;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.simulation.FunctionalRegion;
import org.fus.core.simulation.HaemodynamicResponse;
import org.fus.core.simulation.VascularScene;
import org.fus.hardware.BlockContent;
import org.fus.hardware.DeviceBlock;
import org.fus.hardware.Devices;
import org.fus.hardware.RunOptions;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UltrasoundDeviceConformance;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.program.AcquisitionPlans;
import org.fus.hardware.trigger.TriggerEdge.Slope;
import org.junit.jupiter.api.Test;

/** The scanner that computes images of a scene in real time. */
class ImageScannerTest extends UltrasoundDeviceConformance {
    /** 20 frames a second, so that a busy machine keeps up with blocks of one frame. */
    private static final TransmitSequence SEQUENCE = TransmitSequence.planeWaves(-0.1, 0.1, 2, 15.625e6, 40);

    private static final TransmitSequence FAST = TransmitSequence.planeWaves(-0.1, 0.1, 2, 15.625e6, 1000);
    private static final SampleAxis RECEIVE = SampleAxis.common(62.5e6, 4e-6, 2, 300);
    private static final PixelGrid GRID = PixelGrid.xz(-1e-3, 1e-3, 11, 3e-3, 5e-3, 11);

    /** Answers at once, so that a test need not wait: 90 % more blood within some 30 ms. */
    private static final VascularScene SCENE = new VascularScene(
            1,
            new FunctionalRegion(new Vector3(0, 0, -4e-3), 2e-3, 0.9, new HaemodynamicResponse(0.01, 1, 0.01)),
            -200,
            Double.POSITIVE_INFINITY);

    @Override
    protected boolean paced() {
        return true;
    }

    @Override
    protected UltrasoundDevice open() {
        return SimulatedScanner.builder()
                .scene(SCENE)
                .grid(GRID)
                .behaviour(SimulatedBehaviour.DEFAULT.withConnectLatencyS(0))
                .open();
    }

    @Override
    protected AcquisitionProgram program(int frames, int framesPerBlock) {
        return new AcquisitionProgram(SEQUENCE, RECEIVE, frames, framesPerBlock);
    }

    private List<IqEnsemble> run(int frames, int perBlock) {
        UploadedProgram program =
                device.upload(new AcquisitionProgram(FAST, RECEIVE, frames, perBlock), device.probe());
        List<IqEnsemble> taken = new ArrayList<>();
        start(program, block -> taken.add(block.iq())).await();
        return taken;
    }

    private static double power(IqEnsemble e) {
        double sum = 0;
        for (int f = 0; f < e.frames(); f++) {
            for (float v : e.copyFrame(f)) {
                sum += (double) v * v / e.frames();
            }
        }
        return sum;
    }

    @Test
    void blocks_holdImages() {
        UploadedProgram program = device.upload(program(4, 2), device.probe());
        assertThat(program.content()).isInstanceOfSatisfying(BlockContent.Iq.class, iq -> {
            assertThat(iq.grid()).isEqualTo(GRID);
            assertThat(iq.timing().frameRateHz()).isEqualTo(20);
        });
        AtomicReference<DeviceBlock> kept = new AtomicReference<>();
        device.start(program, RunOptions.DEFAULTS, block -> {
                    if (block.number() == 0) {
                        kept.set(block);
                    } else {
                        block.release();
                    }
                })
                .await();
        assertThatThrownBy(kept.get()::rf)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("iq()");
        kept.get().release();
        assertThat(run(4, 2)).hasSize(2).allSatisfy(e -> assertThat(e.frames()).isEqualTo(2));
        assertThatThrownBy(() -> device.start(program, rf -> {}))
                .isInstanceOf(FusUnsupportedException.class)
                .hasMessageContaining("BlockReceiver");
    }

    @Test
    void stimulus_onTheLine_raisesThePower_andItsEndLowersIt() {
        SimulatedScanner scanner = (SimulatedScanner) device;
        double rest = power(run(60, 60).getFirst());
        // high for half a second from the start of the run on; a block takes 0.12 s
        scanner.triggerLines().pulse("out1", 0.5);
        List<IqEnsemble> blocks = run(480, 60);
        double shown = power(blocks.get(1));
        double after = power(blocks.getLast());
        // speckle of other moments: some 10 % of the power of 121 pixels
        assertThat(shown / rest).isCloseTo(1.9, within(0.4));
        assertThat(after / rest).isCloseTo(1, within(0.3));
    }

    @Test
    void stimulus_onAnotherLine_doesNothing() {
        double rest = power(run(60, 60).getFirst());
        ((SimulatedScanner) device).scheduleEdge("in1", Slope.RISING, 0);
        assertThat(power(run(120, 60).getLast()) / rest).isCloseTo(1, within(0.3));
        assertThatThrownBy(() -> SimulatedScanner.builder().stimulusLine("in3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("loop-out1");
    }

    @Test
    void probe_movedOutOfTheBrain_seesNothing() {
        ((SimulatedScanner) device).follow(() -> Affine3.translation(0, 20e-3, 0));
        assertThat(power(run(2, 2).getFirst())).isZero();
        ((SimulatedScanner) device).follow(Affine3::identity);
        assertThat(power(run(2, 2).getFirst())).isPositive();
    }

    @Test
    void grid_ofAPlan_isItsDepth_andTheElements() {
        try (SimulatedScanner scanner =
                SimulatedScanner.builder().scene(VascularScene.DEFAULT).open()) {
            var plan = AcquisitionPlans.fus2d(ProbeCatalogue.ICO_PRIME);
            UploadedProgram program = scanner.upload(plan.program(), scanner.probe());
            PixelGrid grid = ((BlockContent.Iq) program.content()).grid().cartesian();
            assertThat(grid.nx()).isEqualTo(128);
            assertThat(grid.dxM()).isCloseTo(0.11e-3, within(1e-9));
            assertThat(grid.z0M()).isCloseTo(plan.receiving().nearM(), within(1e-9));
            // samples come in multiples of 64, which may reach 0.4 mm further
            assertThat(grid.zM(grid.nz() - 1) - plan.receiving().farM()).isBetween(-0.1e-3, 0.5e-3);
        }
        try (SimulatedScanner rca = SimulatedScanner.builder()
                .probe(ProbeCatalogue.RC6GV)
                .scene(VascularScene.DEFAULT)
                .open()) {
            assertThat(rca.validate(AcquisitionPlans.rca(rca.probe()).program(), rca.probe()))
                    .anyMatch(p -> p.contains("give the grid"));
        }
    }

    @Test
    void address_withATier_opensIt() {
        try (UltrasoundDevice image = Devices.open(URI.create("sim:icoprime?tier=image&seed=4"))) {
            assertThat(image.info().model()).contains("image simulator");
            assertThat(image.validate(image.defaultProgram(), image.probe())).isEmpty();
        }
        assertThatThrownBy(() -> Devices.open(URI.create("sim:icoprime?tier=x")))
                .hasMessageContaining("'x'");
        assertThatThrownBy(() -> Devices.open(URI.create("sim:icoprime?tier=image&flow-mm-s=2")))
                .hasMessageContaining("flow-mm-s");
    }
}
