package org.fus.hardware.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.fus.hardware.motion.sim.KinematicAxis;
import org.fus.hardware.motion.zaber.ZaberSimulators;
import org.fus.hardware.transport.SerialSettings;
import org.fus.hardware.transport.SerialTransport;
import org.fus.hardware.transport.Socat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A driver over a real serial line of the system: pseudo terminals joined by socat. */
@Timeout(60)
class SerialPeerTest {
    @TempDir
    Path dir;

    @Test
    void zaber_overASerialLine_homesMovesAndNoticesTheCable() throws Exception {
        Process socat = Socat.start(dir);
        AxisSettings axis = AxisSettings.linear("y", "1")
                .unitsPerSi(1 / 0.047625e-6)
                .maxSpeed(0.1)
                .build();
        StageSettings settings = StageSettings.of(axis).withSettle(Duration.ofMillis(50));
        KinematicAxis truth = StageRig.fastAxis(axis);
        try (ControllerSimulator simulator = ZaberSimulators.ascii(
                SerialTransport.open(dir.resolve("b").toString(), SerialSettings.DEFAULT), List.of(truth))) {
            simulator.start();
            try (MotionStage stage = Stages.open(URI.create("zaber+serial:" + dir.resolve("a")), settings)) {
                assertThat(stage.identity()).contains("firmware 7.33");
                stage.home(Duration.ofSeconds(20)).join();
                StageStatus there = stage.moveTo(new double[] {6e-3}, Duration.ofSeconds(20))
                        .join();
                assertThat(there.positionsSi().getFirst()).isCloseTo(6e-3, within(5e-6));
                // half the play
                assertThat(axis.fromController(truth.load())).isCloseTo(6e-3, within(15e-6));
                CompletableFuture<StageStatus> move = stage.moveTo(new double[] {9e-3}, Duration.ofSeconds(20));
                socat.destroy();
                assertThatThrownBy(move::join)
                        .isInstanceOf(CompletionException.class)
                        .cause()
                        .isInstanceOfSatisfying(
                                MotionException.class,
                                e -> assertThat(e.fault().kind()).isIn(MotionFault.Kind.LINK_LOST));
            }
        } finally {
            socat.destroy();
            assertThat(socat.waitFor(5, TimeUnit.SECONDS)).isTrue();
        }
    }
}
