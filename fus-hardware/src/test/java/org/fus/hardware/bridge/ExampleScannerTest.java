package org.fus.hardware.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitSequence;
import org.fus.hardware.Devices;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UltrasoundDeviceConformance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scanner in C behind a bridge, in a process of its own: the same suite as every device. */
class ExampleScannerTest extends UltrasoundDeviceConformance {
    private static Path program;
    private ExampleScanner scanner;

    @BeforeAll
    static void compile(@TempDir Path dir) throws Exception {
        program = ExampleScanner.compile(dir);
    }

    @Override
    protected UltrasoundDevice open() {
        scanner = paced() ? ExampleScanner.start(program, "--paced") : ExampleScanner.start(program);
        return Devices.open(scanner.uri(settings()));
    }

    protected String settings() {
        return "";
    }

    protected double pulseRepetitionFrequencyHz() {
        return 5000;
    }

    @AfterEach
    void endScanner() {
        assertThat(scanner.isAlive()).isTrue();
        scanner.close();
    }

    @Override
    protected AcquisitionProgram program(int frames, int framesPerBlock) {
        TransmitSequence sequence = TransmitSequence.planeWaves(-0.1, 0.1, 2, 15e6, pulseRepetitionFrequencyHz());
        return new AcquisitionProgram(sequence, SampleAxis.common(60e6, 5.5e-6, 2, 150), frames, framesPerBlock);
    }

    @Test
    void upload_whatTheScannerCannotFire_isRefusedWithItsOwnWords() {
        AcquisitionProgram plain = program(2, 1);
        AcquisitionProgram focused = new AcquisitionProgram(
                new TransmitSequence(
                        List.of(new Transmit.FocusedWave(0, 8e-3), new Transmit.FocusedWave(1e-3, 8e-3)),
                        15e6,
                        pulseRepetitionFrequencyHz(),
                        1540),
                plain.receive(),
                2,
                1);
        assertThat(device.validate(focused, device.probe()))
                .containsExactly("groups[0].events[0].transmit: this scanner fires plane waves");
        assertThatThrownBy(() -> device.upload(focused, device.probe()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("plane waves");
    }
}
