package org.fus.io.echoframe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.Map;
import org.fus.core.data.FusSeries;
import org.fus.core.data.IqEnsemble;
import org.fus.core.error.FusException;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.testing.Golden;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.IqRecording;
import org.fus.io.internal.hdf.HdfGroup;
import org.fus.io.source.MemoryFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EchoFrameFormatTest {
    @ParameterizedTest
    @CsvSource({"fUSi_BF.dat,0", "fUSi_BF_v1_padded.dat,1"})
    void read_sampleOfEitherVersion_hasItsDocumentedValues(String file, int version) {
        Content.Iq content = (Content.Iq) FusFiles.open(Golden.file("samples/echoframe/" + file));
        IqRecording iq = content.recording();

        assertThat(content.origin().format()).endsWith("version " + version);
        assertThat(iq.frames()).isEqualTo(6);
        assertThat(iq.framesPerBlock()).isEqualTo(3);
        PixelGrid grid = (PixelGrid) iq.grid();
        assertThat(grid.nx()).isEqualTo(4);
        assertThat(grid.nz()).isEqualTo(6);
        assertThat(grid.xM(0)).isCloseTo(-0.2e-3, within(1e-12));
        assertThat(grid.xM(3)).isCloseTo(0.2e-3, within(1e-12));
        assertThat(grid.zM(0)).isCloseTo(1e-3, within(1e-12));
        assertThat(grid.zM(5)).isCloseTo(2e-3, within(1e-12));
        assertThat(iq.timing().frameRateHz()).isCloseTo(1000, within(1e-9));
        assertThat(iq.timing().centerFrequencyHz()).isEqualTo(15.625e6);
        assertThat(iq.timing().soundSpeedMPerS()).isEqualTo(1540);
        IqEnsemble all = iq.read(0, 6);
        for (int f = 0; f < 6; f++) {
            float[] frame = all.copyFrame(f);
            for (int z = 0; z < 6; z++) {
                for (int x = 0; x < 4; x++) {
                    // The rule: k = C-order index in (repeat, x, z), plus 1000 per buffer.
                    int buffer = f / 3;
                    float expected = (f % 3 * 4 + x) * 6 + z + 1000f * buffer;
                    assertThat(frame[2 * (z * 4 + x)]).isEqualTo(expected);
                    assertThat(frame[2 * (z * 4 + x) + 1]).isEqualTo(expected);
                }
            }
        }
        assertThat(content.origin().metadata()).containsKey("ReconSpec");
        assertThat(content.origin().metadata().get("ReconSpec").toString()).contains("method=DAS");
    }

    @Test
    void read_streamWithoutParameters_isABareArray() throws IOException {
        Content content = open("bf.dat", Files.readAllBytes(Golden.file("samples/echoframe/fUSi_BF.dat")), false);

        assertThat(((Content.Array) content).array().shape()).containsExactly(2L, 72L);
        assertThat(content.origin().warnings()).anyMatch(w -> w.contains("ScanParameters.mat"));
    }

    @Test
    void read_powerDopplerWithoutItsParameters_isABareArray() {
        // The sample has no PDISpec, so an image cannot be told from its name alone.
        byte[] stream = stream(0, 1, 24, 0, 0, 4 * 24);

        Content content = open("pdi_acq.dat", stream, true);

        assertThat(content).isInstanceOf(Content.Array.class);
        assertThat(content.origin().dtype()).isEqualTo("float32");
    }

    @Test
    void read_powerDoppler_isASeriesOfItsEnsembles() throws IOException {
        // Six repeats in ensembles of four, two apart: two images per buffer.
        HdfGroup parameters = new HdfGroup();
        HdfGroup recon = parameters.group("ReconSpec");
        recon.doubles("nz", new double[] {2}, 1);
        recon.doubles("nx", new double[] {3}, 1);
        recon.doubles("xAxis", new double[] {-0.1, 0, 0.1}, 3);
        recon.doubles("zAxis", new double[] {1, 1.2}, 2);
        recon.doubles("c0", new double[] {1540}, 1);
        HdfGroup receive = parameters.group("ReceiveSpec");
        receive.doubles("nRepeats", new double[] {6}, 1);
        receive.doubles("transmitReceiveTimeMus", new double[] {500}, 1);
        parameters.group("ProbeSpec").doubles("Fc", new double[] {15.625e6}, 1);
        parameters.group("TransmitSpec").doubles("steerX", new double[] {-0.1, 0.1}, 2);
        HdfGroup pdi = parameters.group("PDISpec");
        pdi.doubles("ensembleSize", new double[] {4}, 1);
        pdi.doubles("shiftSize", new double[] {2}, 1);
        ByteArrayOutputStream mat = new ByteArrayOutputStream();
        parameters.writeTo(mat);
        // Two buffers of two images [x][z].
        byte[] stream = stream(0, 2, 12, 0, 0, 4 * 24);
        for (int i = 0; i < 24; i++) {
            ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN).putFloat(40 + 4 * i, i);
        }

        Content.Series content = (Content.Series) FusFiles.open(
                MemoryFolder.of("echo", Map.of("PDI.dat", stream, "ScanParameters.mat", mat.toByteArray()))
                        .file("PDI.dat")
                        .orElseThrow());

        FusSeries series = content.series();
        assertThat(series.shape()).isEqualTo(new FusSeries.Shape(1, 1, 4, 2, 1, 3));
        for (int t = 0; t < 4; t++) {
            assertThat(series.read(0, 0, t, 1))
                    .containsExactly(6 * t, 6 * t + 2, 6 * t + 4, 6 * t + 1, 6 * t + 3, 6 * t + 5);
        }
        // Two angles of 500 us make a frame of 1 ms, so ensembles end at 4 and 6 ms, and 6 ms later in the next buffer.
        double[] ends = {4e-3, 6e-3, 10e-3, 12e-3};
        for (int t = 0; t < 4; t++) {
            assertThat(series.times().timesS().get(t)).isCloseTo(ends[t], within(1e-12));
        }
        assertThat(series.geometry().dxM()).isCloseTo(0.1e-3, within(1e-12));
        assertThat(series.geometry().dzM()).isCloseTo(0.2e-3, within(1e-12));
        assertThat(content.origin().warnings()).anyMatch(w -> w.contains("pauses between buffers"));
    }

    @Test
    void read_preallocatedFile_isReadAsFarAsItsBuffersGo() {
        byte[] stream = stream(0, 1, 72, 0, 0, 8 * 72 * 5);

        IqRecording iq = ((Content.Iq) open("bf_acq.dat", stream, true)).recording();

        assertThat(iq.frames()).isEqualTo(3);
    }

    @Test
    void read_wrongHeaders_areRefused() {
        assertThatThrownBy(() -> open("bf.dat", stream(0, 2, 72, 0, 0, 8 * 72), true))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("expected 2 buffers of 72 values");
        assertThatThrownBy(() -> open("bf.dat", stream(0, 1, 71, 0, 0, 8 * 72), true))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("not of one recording");
        assertThatThrownBy(() -> open("bf.dat", stream(1, 1, 72, 0, 6, 8 * 72), true))
                .isInstanceOf(FusUnsupportedFormatException.class)
                .hasMessageContaining("expected complex64");
        for (long[] bad : new long[][] {
            {2, 1, 72, 0, 0},
            {0, 0, 72, 0, 0},
            {0, -1, 72, 0, 0},
            {0, 1L << 62, 72, 0, 0},
            {0, 1, Long.MAX_VALUE, 0, 0},
            {0, 1, 72, Long.MAX_VALUE, 0},
            {1, 1, 72, 0, 8},
            {1, 1, 72, 0, 0}
        }) {
            byte[] stream = stream(bad[0], bad[1], bad[2], bad[3], bad[4], 8 * 72);
            assertThatThrownBy(() -> open("bf.dat", stream, true))
                    .as("version %d, %d buffers of %d, padding %d, type %d", bad[0], bad[1], bad[2], bad[3], bad[4])
                    .isInstanceOf(FusException.class)
                    .hasMessageStartingWith("echo/bf.dat");
        }
    }

    @Test
    void read_fileCutAnywhere_isRefused() {
        byte[] stream = stream(0, 1, 72, 0, 0, 8 * 72);
        for (int length = 1; length < stream.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(stream, length);
            assertThatThrownBy(() -> open("bf.dat", cut, true)).isInstanceOf(FusException.class);
        }
    }

    private static Content open(String name, byte[] stream, boolean parameters) {
        try {
            Map<String, byte[]> files = parameters
                    ? Map.of(
                            name,
                            stream,
                            "ScanParameters.mat",
                            Files.readAllBytes(Golden.file("samples/echoframe/ScanParameters.mat")))
                    : Map.of(name, stream);
            return FusFiles.open(MemoryFolder.of("echo", files).file(name).orElseThrow());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] stream(long version, long buffers, long elements, long padding, long code, int bodyBytes) {
        int head = version == 1 ? 48 : 40;
        ByteBuffer b = ByteBuffer.allocate(head + bodyBytes).order(ByteOrder.LITTLE_ENDIAN);
        b.putLong(version).putLong(head).putLong(buffers).putLong(elements).putLong(padding);
        if (version == 1) {
            b.putLong(code);
        }
        return b.array();
    }
}
