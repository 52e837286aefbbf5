package org.fus.hardware.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.URI;
import java.nio.file.Path;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfBlock;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.hardware.Devices;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UltrasoundDeviceConformance;
import org.fus.io.record.RecordingPlan;
import org.fus.io.record.RecordingWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording as a device, opened by its address, as fast as its blocks are taken. */
class FileDeviceTest extends UltrasoundDeviceConformance {
    private static final TransmitSequence SEQUENCE = TransmitSequence.planeWaves(-0.1, 0.1, 2, 15e6, 1000);
    private static final SampleAxis RECEIVE = SampleAxis.common(60e6, 5.5e-6, 2, 50);

    @TempDir
    Path folder;

    @Override
    protected UltrasoundDevice open() {
        Path store = folder.resolve("run.zarr");
        if (!store.toFile().exists()) {
            Probe probe = Probe.linear("small", 4, 0.2e-3, 15e6).build();
            ChannelFormat format = new ChannelFormat(probe, SEQUENCE, RECEIVE);
            AcquisitionProgram program = program(10, 10);
            try (RecordingWriter writer = RecordingWriter.start(store, RecordingPlan.rf(program, format));
                    Arena arena = Arena.ofConfined()) {
                MemorySegment samples = arena.allocate(RfBlock.bytes(format, 10), 8);
                for (long i = 0; i < samples.byteSize() / 2; i++) {
                    samples.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) (i % 100));
                }
                writer.append(RfBlock.wrap(format, 0, 10, samples));
            }
        }
        return Devices.open(URI.create(store.toUri() + "?repeat=true"));
    }

    @Override
    protected AcquisitionProgram program(int frames, int framesPerBlock) {
        return new AcquisitionProgram(SEQUENCE, RECEIVE, frames, framesPerBlock);
    }

    @Test
    void address_wrongSettings_areNamed() {
        String file = folder.resolve("run.zarr").toUri().toString();
        assertThatThrownBy(() -> Devices.open(URI.create(file + "?pace=fast")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'fast'");
        assertThatThrownBy(() -> Devices.open(URI.create(file + "?gain=-1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gain is -1.0");
        assertThatThrownBy(() -> Devices.open(URI.create(file + "?repeat=perhaps")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'perhaps'");
        assertThatThrownBy(() -> Devices.open(URI.create(file + "?loop=1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'loop'")
                .hasMessageContaining("repeat");
    }

    @Test
    void voltage_ofARecording_isZero() {
        assertThat(device.highVoltage().targetV()).isZero();
    }
}
