package org.fus.hardware.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfBlock;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.hardware.Devices;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UltrasoundDeviceConformance;
import org.fus.io.FusFiles;
import org.fus.io.content.ChannelRecording;
import org.fus.io.content.Content;
import org.fus.io.record.RecordingPlan;
import org.fus.io.record.RecordingWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that replays memory at the pace of the recording, and one that replays a file. */
class ReplayTest extends UltrasoundDeviceConformance {
    private static final Probe PROBE = Probe.linear("small", 4, 0.2e-3, 15e6).build();
    private static final TransmitSequence SEQUENCE = TransmitSequence.planeWaves(-0.1, 0.1, 2, 15e6, 1000);
    private static final SampleAxis RECEIVE = SampleAxis.common(60e6, 5.5e-6, 2, 50);
    private static final int FRAMES = 10;

    @TempDir
    Path folder;

    /** Sample i of the recording is i mod 1000. */
    private static RfBlock recorded() {
        ChannelFormat format = new ChannelFormat(PROBE, SEQUENCE, RECEIVE);
        MemorySegment samples = Arena.ofAuto().allocate(RfBlock.bytes(format, FRAMES), 8);
        for (long i = 0; i < samples.byteSize() / 2; i++) {
            samples.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) (i % 1000));
        }
        return RfBlock.wrap(format, 0, FRAMES, samples);
    }

    @Override
    protected UltrasoundDevice open() {
        return SimulatedScanner.builder()
                .replay("replay", ChannelRecording.of(recorded()), t -> 1, true, true)
                .open();
    }

    @Override
    protected boolean paced() {
        return true;
    }

    @Override
    protected AcquisitionProgram program(int frames, int framesPerBlock) {
        return new AcquisitionProgram(SEQUENCE, RECEIVE, frames, framesPerBlock);
    }

    private static List<Short> replayed(UltrasoundDevice device, int frames) {
        List<Short> samples = new ArrayList<>();
        device.start(device.upload(new AcquisitionProgram(SEQUENCE, RECEIVE, frames, 4), device.probe()), b -> {
                    for (short s : b.samples().toArray(ValueLayout.JAVA_SHORT)) {
                        samples.add(s);
                    }
                })
                .await();
        return samples;
    }

    @Test
    void run_repeatsTheRecordingAtItsPace() {
        long before = System.nanoTime();
        List<Short> samples = replayed(device, 25);
        // 25 frames of 2 firings at 1000 Hz
        assertThat((System.nanoTime() - before) * 1e-9).isGreaterThan(0.05);
        int recordedSamples = FRAMES * 2 * 4 * 50;
        assertThat(samples).hasSize(25 * 2 * 4 * 50);
        for (int i = 0; i < samples.size(); i++) {
            assertThat((int) samples.get(i)).isEqualTo(i % recordedSamples % 1000);
        }
    }

    @Test
    void gain_changesWithTimeAndClips() {
        try (UltrasoundDevice loud = SimulatedScanner.builder()
                .replay("replay", ChannelRecording.of(recorded()), t -> t < 0.0075 ? 2 : 100, false, false)
                .open()) {
            List<Short> samples = replayed(loud, 8);
            // frames are 2 ms apart: 0 to 3 at gain 2, from 4 on 100, clipped at 8191
            assertThat((int) samples.get(3)).isEqualTo(6);
            assertThat((int) samples.get(4 * 400 + 3)).isEqualTo((4 * 400 + 3) % 1000 * 100 > 8191 ? 8191 : 60300);
        }
    }

    @Test
    void program_thatWasNotRecorded_isRefused() {
        AcquisitionProgram other = new AcquisitionProgram(
                TransmitSequence.planeWaves(-0.1, 0.1, 2, 15e6, 900), SampleAxis.common(60e6, 5.5e-6, 2, 40), 4, 4);
        assertThat(device.validate(other, PROBE))
                .hasSize(2)
                .anyMatch(p -> p.startsWith("sequence:"))
                .anyMatch(p -> p.startsWith("receive:"));
    }

    @Test
    void file_recordedByTheSdk_isADevice() {
        Path store = folder.resolve("rat 1.zarr");
        RfBlock block = recorded();
        AcquisitionProgram program = program(FRAMES, FRAMES);
        try (RecordingWriter writer = RecordingWriter.start(store, RecordingPlan.rf(program, block.format()))) {
            writer.append(block);
        }
        try (UltrasoundDevice file = Devices.open(store.toUri())) {
            assertThat(file.info().name()).contains("rat 1.zarr");
            assertThat(file.defaultProgram()).isEqualTo(program);
            assertThat(file.validate(program(FRAMES + 1, FRAMES), file.probe()))
                    .singleElement()
                    .asString()
                    .contains("the recording has 10");
            List<Short> samples = replayed(file, FRAMES);
            for (int i = 0; i < samples.size(); i++) {
                assertThat((int) samples.get(i)).isEqualTo(i % 1000);
            }
        }
    }

    @Test
    void file_withoutChannelData_isRefused() {
        Path map = folder.resolve("numbers.npy");
        float[] values = new float[4];
        org.fus.core.geometry.PixelGrid grid = org.fus.core.geometry.PixelGrid.xz(0, 1e-3, 2, 1e-3, 2e-3, 2);
        FusFiles.write(
                map,
                Content.of(org.fus.core.data.DopplerFrame.wrap(
                        org.fus.core.data.DopplerFrame.Quantity.POWER,
                        grid,
                        values,
                        org.fus.core.data.Provenance.none())));
        assertThatThrownBy(() -> Devices.open(map.toUri()))
                .isInstanceOf(FusUnsupportedException.class)
                .hasMessageContaining("numbers.npy");
    }
}
