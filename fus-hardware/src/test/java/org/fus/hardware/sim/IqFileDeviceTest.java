package org.fus.hardware.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.hardware.Acquisition;
import org.fus.hardware.Devices;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UltrasoundDeviceConformance;
import org.fus.hardware.UploadedProgram;
import org.fus.io.record.BlockNotes;
import org.fus.io.record.RecordedContent;
import org.fus.io.record.RecordingPlan;
import org.fus.io.record.RecordingWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording of images as a device. */
class IqFileDeviceTest extends UltrasoundDeviceConformance {
    private static final PixelGrid GRID = PixelGrid.xz(-1e-3, 1e-3, 9, 3e-3, 5e-3, 7);
    private static final IqEnsemble.Timing TIMING = new IqEnsemble.Timing(500, 15.625e6, 1540);
    private static final int FRAMES = 10;

    @TempDir
    Path folder;

    private static IqEnsemble recorded() {
        float[][] frames = new float[FRAMES][2 * GRID.size()];
        for (int f = 0; f < FRAMES; f++) {
            for (int i = 0; i < frames[f].length; i++) {
                frames[f][i] = f * 1000 + i;
            }
        }
        return IqEnsemble.copyOf(GRID, TIMING, frames, Provenance.none());
    }

    private UltrasoundDevice open(String settings) {
        Path store = folder.resolve("images.zarr");
        if (!store.toFile().exists()) {
            try (RecordingWriter writer = RecordingWriter.start(
                    store, RecordingPlan.of(new RecordedContent.Iq(GRID, TIMING), FRAMES, FRAMES))) {
                writer.append(recorded(), BlockNotes.NONE);
            }
        }
        return Devices.open(URI.create(store.toUri() + settings));
    }

    @Override
    protected UltrasoundDevice open() {
        return open("?repeat=true");
    }

    @Override
    protected AcquisitionProgram program(int frames, int framesPerBlock) {
        AcquisitionProgram own = device.defaultProgram();
        return new AcquisitionProgram(own.sequence(), own.receive(), frames, framesPerBlock);
    }

    @Test
    void replay_givesTheRecordedFrames_againFromTheStart_timesTheGain() {
        try (UltrasoundDevice half = open("?repeat=true&gain=0.5")) {
            AcquisitionProgram own = half.defaultProgram();
            UploadedProgram program =
                    half.upload(new AcquisitionProgram(own.sequence(), own.receive(), 13, 4), half.probe());
            List<float[]> taken = new ArrayList<>();
            Acquisition run = half.start(program, org.fus.hardware.RunOptions.DEFAULTS, block -> {
                IqEnsemble e = block.iq();
                for (int f = 0; f < e.frames(); f++) {
                    taken.add(e.copyFrame(f));
                }
                block.release();
            });
            run.await();
            assertThat(run.warnings()).anyMatch(w -> w.contains("one plane wave per frame"));
            assertThat(taken).hasSize(13);
            for (int f = 0; f < 13; f++) {
                float[] original = recorded().copyFrame(f % FRAMES);
                for (int i = 0; i < original.length; i++) {
                    assertThat(taken.get(f)[i]).isEqualTo(original[i] * 0.5f);
                }
            }
        }
    }

    @Test
    void program_thatIsNotTheRecordings_isRefused() {
        try (UltrasoundDevice once = open("")) {
            AcquisitionProgram own = once.defaultProgram();
            assertThat(once.validate(
                            new AcquisitionProgram(own.sequence(), own.receive(), FRAMES + 1, 1), once.probe()))
                    .singleElement()
                    .asString()
                    .contains("the recording has 10");
            assertThatThrownBy(() -> once.upload(
                            new AcquisitionProgram(
                                    org.fus.core.sequence.TransmitSequence.planeWaves(-0.1, 0.1, 2, 15.625e6, 1000),
                                    org.fus.core.sequence.SampleAxis.common(62.5e6, 4e-6, 2, 300),
                                    2,
                                    1),
                            once.probe()))
                    .hasMessageContaining("use defaultProgram()");
        }
    }
}
