package org.fus.io.mat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfData;
import org.fus.core.error.FusFormatException;
import org.fus.core.sequence.Transmit;
import org.fus.core.testing.Golden;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.source.MemorySource;
import org.fus.io.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sinks;
import us.hebi.matlab.mat.types.Struct;

class MatFormatTest {
    @Test
    void read_recordingOfADisk_hasItsDocumentedFormat() {
        Content.Channels content = (Content.Channels) FusFiles.open(Golden.file("data/pymust/PWI_disk.mat"));
        ChannelFormat f = content.data().format();

        assertThat(content.origin().dtype()).isEqualTo("int16");
        assertThat(content.data().frames()).isEqualTo(32);
        assertThat(f.channels()).isEqualTo(128);
        assertThat(f.sampleCount()).isEqualTo(334);
        assertThat(f.samples().samplingFrequencyHz()).isCloseTo(20e6 / 3, within(1e-3));
        assertThat(f.samples().startTimesS()).containsExactly(9.95e-6);
        assertThat(f.sequence().transmits()).containsExactly(new Transmit.PlaneWave(0));
        assertThat(f.sequence().pulseRepetitionFrequencyHz()).isEqualTo(10000);
        assertThat(f.sequence().centerFrequencyHz()).isEqualTo(5e6);
        assertThat(f.sequence().soundSpeedMPerS()).isEqualTo(1480);
        assertThat(f.probe().name()).isEqualTo("L7-4");
        assertThat(f.probe().pitchM()).isEqualTo(0.298e-3);
        assertThat(f.probe().elementWidthM()).isEqualTo(0.262e-3);
        float[] extremes = extremes(content.data());
        assertThat(extremes).containsExactly(-2667, 2667);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void read_fileOfAnotherWriter_givesSamplesAndTilt(boolean compressed) throws Exception {
        RfData rf = ((Content.Channels) read(Samples.mat(Map.of(), compressed))).data();

        float[] trace = new float[4];
        for (int frame = 0; frame < 2; frame++) {
            for (int channel = 0; channel < 3; channel++) {
                rf.copyTrace(frame, 0, channel, trace, 0);
                int first = (frame * 3 + channel) * 4;
                assertThat(trace).containsExactly(first, first + 1, first + 2, first + 3);
            }
        }
        Transmit.PlaneWave wave =
                (Transmit.PlaneWave) rf.format().sequence().transmits().getFirst();
        // The tilt goes through a difference of delays of the order of 1e-7 s.
        assertThat(wave.tiltRad()).isCloseTo(0.1, within(1e-12));
        assertThat(rf.format().samples().startTimesS().getFirst()).isCloseTo(0.5e-6, within(1e-18));
    }

    @ParameterizedTest
    @CsvSource({
        "Nelements, 4, param.Nelements: expected 3",
        "fs, NaN, param.fs: expected a number",
        "PRF, NaN, param.PRF: expected a number",
        "fc, -5, centerFrequencyHz",
        "width, 1, elementWidthM"
    })
    void read_parameterThatCannotBe_namesIt(String name, double value, String message) {
        assertThatThrownBy(() -> read(Samples.mat(Map.of(name, value), true)))
                .isInstanceOf(FusFormatException.class)
                .hasMessageStartingWith("a.mat: ")
                .hasMessageContaining(message);
    }

    @Test
    void read_fileWithoutChannelData_saysWhatWasExpected() throws Exception {
        byte[] none = Samples.matFile(Mat5.newMatFile().addArray("I", Mat5.newMatrix(2, 2)), true);
        byte[] text = Samples.matFile(Mat5.newMatFile().addArray("RF", Mat5.newString("text")), true);
        byte[] alone = Samples.matFile(Mat5.newMatFile().addArray("RF", Mat5.newMatrix(2, 2)), true);

        assertThatThrownBy(() -> read(none))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("variables: expected values; Acquisition (power Doppler);")
                .hasMessageContaining("RF and param (MUST), got [I]");
        assertThatThrownBy(() -> read(text))
                .hasMessageContaining("variable RF: expected real numbers (sample, channel, frame), got a text");
        assertThatThrownBy(() -> read(alone)).hasMessageContaining("variable param: expected a structure");
    }

    @Test
    void read_pictureInsteadOfChannelData_saysWhatWasExpected() {
        assertThatThrownBy(() -> FusFiles.open(Golden.file("data/pymust/bmode_PWI_disk.mat")))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("RF and param (MUST), got [I]");
    }

    @Test
    void read_nanSample_namesFileAndPlace() throws Exception {
        var rf = Mat5.newMatrix(new int[] {2, 3});
        rf.setDouble(1, 2, Double.NaN);
        var param = Mat5.newStruct();
        Map.of("fs", 20e6, "fc", 5e6, "PRF", 1000.0, "pitch", 0.3e-3)
                .forEach((k, v) -> param.set(k, Mat5.newScalar(v)));
        byte[] file = Samples.matFile(Mat5.newMatFile().addArray("RF", rf).addArray("param", param), true);

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(FusFormatException.class)
                .hasMessageStartingWith("a.mat: ")
                .hasMessageContaining("NaN at frame 0, transmit 0, channel 2, sample 1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void read_fileOfABigEndianMachine_givesEveryPixel(boolean compressed) throws Exception {
        Matrix iq = Mat5.newComplex(new int[] {2, 3, 4});
        for (int i = 0; i < 24; i++) {
            iq.setDouble(i, i + 0.5);
            iq.setImaginaryDouble(i, -i);
        }
        Struct uf = Mat5.newStruct();
        uf.set("TwFreq", Mat5.newScalar(15.4));
        uf.set("FrameRateUF", Mat5.newScalar(500));
        uf.set("Probe", Mat5.newString("L22"));
        Matrix delta = Mat5.newMatrix(1, 3);
        delta.setDouble(0, 1);
        delta.setDouble(2, 0.5);
        Struct pixels = Mat5.newStruct();
        pixels.set("PDelta", delta);
        ByteBuffer buffer = ByteBuffer.allocate(1 << 14).order(ByteOrder.BIG_ENDIAN);
        Mat5.newWriter(Sinks.wrap(buffer))
                .setDeflateLevel(compressed ? 6 : 0)
                .writeMat(
                        Mat5.newMatFile().addArray("IQ", iq).addArray("UF", uf).addArray("PData", pixels));
        byte[] bytes = Arrays.copyOf(buffer.array(), buffer.position());
        assertThat(bytes[126]).isEqualTo((byte) 'M');

        Content.Iq content = (Content.Iq) read(bytes);

        assertThat(content.ensemble().timing().frameRateHz()).isEqualTo(500);
        assertThat(content.origin().metadata()).containsEntry("probeName", "L22");
        // (z, x, frame) = (1, 2, 3): index 1 + 2 * 2 + 6 * 3 of the file.
        float[] frame = content.ensemble().copyFrame(3);
        assertThat(frame[2 * (3 + 2)]).isEqualTo(23.5f);
        assertThat(frame[2 * (3 + 2) + 1]).isEqualTo(-23);
    }

    @Test
    void read_version73WithoutHdf5_isRefused() {
        byte[] head = Arrays.copyOf(
                "MATLAB 7.3 MAT-file, Platform: GLNXA64".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 1024);

        assertThatThrownBy(() -> read(head))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("HDF5");
    }

    @Test
    void read_parametersOfEchoFrame_saysWhatToOpen() {
        assertThatThrownBy(() -> FusFiles.open(Golden.file("samples/echoframe/ScanParameters.mat")))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("open the .dat next to this file");
    }

    @Test
    void read_deflatedLengthThatCannotBe_isRefusedBeforeItIsAllocated() throws Exception {
        byte[] file = Samples.mat(Map.of(), true);
        java.util.zip.Deflater deflater = new java.util.zip.Deflater();
        deflater.setInput(java.nio.ByteBuffer.allocate(8)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putInt(14)
                .putInt(Integer.MAX_VALUE - 100)
                .flip());
        deflater.finish();
        byte[] packed = new byte[64];
        int n = deflater.deflate(packed);
        deflater.end();
        byte[] bomb = Arrays.copyOf(file, 128 + 8 + n);
        java.nio.ByteBuffer.wrap(bomb)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putInt(128, 15)
                .putInt(132, n)
                .put(136, packed, 0, n);

        assertThatThrownBy(() -> read(bomb))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("compressed element");
    }

    private static Content read(byte[] bytes) {
        return FusFiles.open(MemorySource.wrap("a.mat", bytes));
    }

    private static float[] extremes(RfData rf) {
        float[] trace = new float[rf.format().sampleCount()];
        float[] out = {Float.MAX_VALUE, -Float.MAX_VALUE};
        for (int f = 0; f < rf.frames(); f++) {
            for (int c = 0; c < rf.format().channels(); c++) {
                rf.copyTrace(f, 0, c, trace, 0);
                for (float v : trace) {
                    out[0] = Math.min(out[0], v);
                    out[1] = Math.max(out[1], v);
                }
            }
        }
        return out;
    }
}
