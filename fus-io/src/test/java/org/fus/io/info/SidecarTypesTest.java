package org.fus.io.info;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.ChannelMap;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.Provenance;
import org.fus.core.data.RfArray;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.ImageGrid;
import org.fus.core.geometry.OrientedGrid;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.geometry.PointGrid;
import org.fus.core.geometry.PolarGrid;
import org.fus.core.geometry.Vector3;
import org.fus.core.probe.Probe;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitAperture;
import org.fus.core.sequence.TransmitSequence;
import org.fus.io.content.Content;
import org.fus.io.source.MemorySource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every probe, transmit, channel map and grid comes back from its description as it was. */
class SidecarTypesTest {
    static List<Probe> probes() {
        return ProbeCatalogue.all();
    }

    @ParameterizedTest
    @MethodSource("probes")
    void probe_roundTrips(Probe probe) {
        TransmitSequence sequence = TransmitSequence.planeWaves(0, 0, 1, 5e6, 1000);
        ChannelFormat format = new ChannelFormat(probe, sequence, SampleAxis.common(20e6, 0, 1, 2));

        Probe back = roundTrip(format).probe();

        assertThat(back.toString()).isEqualTo(probe.toString());
        assertThat(back.elementWidthM()).isEqualTo(probe.elementWidthM());
        for (int e = 0; e < probe.elements(); e++) {
            assertThat(back.element(e)).isEqualTo(probe.element(e));
        }
    }

    @Test
    void transmitsAndChannelMap_roundTrip() {
        Probe probe = Probe.linear("three", 3, 1e-4, 5e6).build();
        TransmitAperture two = TransmitAperture.of(0, 0.5, 1);
        TransmitSequence sequence = new TransmitSequence(
                List.of(
                        new Transmit.PlaneWave(0.1, -0.2, two),
                        new Transmit.DivergingWave(1e-3, 2e-3, -3e-3, two),
                        new Transmit.FocusedWave(1e-3, 2e-3, 3e-3, TransmitAperture.ALL),
                        new Transmit.SingleElement(2),
                        new Transmit.ElementDelays(List.of(0.0, Double.NaN, 1e-7), two)),
                5e6,
                1000,
                1540);
        int[][] wired = {{0, 1}, {}};
        int[][] other = {{2}, {0}};
        ChannelMap map = ChannelMap.ofGroups(wired, other, wired, other, other);
        ChannelFormat format = new ChannelFormat(probe, sequence, SampleAxis.common(20e6, 0, 5, 2), map);

        ChannelFormat back = roundTrip(format);

        assertThat(back.sequence()).isEqualTo(sequence);
        assertThat(back.channelMap()).isEqualTo(map);
    }

    static Stream<ImageGrid> grids() {
        PixelGrid local = new PixelGrid(-1e-3, 0, 2e-3, 1e-4, 2e-4, 3e-4, 3, 2, 2);
        return Stream.of(
                local,
                new OrientedGrid(local, Affine3.ofEulerXyz(0.1, 0.2, 0.3, 1e-3, 0, 2e-3)),
                PolarGrid.sector(new Vector3(0, 0, -5e-3), -0.5, 0.5, 4, 6e-3, 9e-3, 3),
                PointGrid.of(List.of(new Vector3(1e-3, 2e-3, 3e-3), Vector3.ZERO)));
    }

    @ParameterizedTest
    @MethodSource("grids")
    void grid_roundTrips(ImageGrid grid) {
        DopplerFrame map =
                DopplerFrame.wrap(DopplerFrame.Quantity.POWER, grid, new float[grid.size()], Provenance.none());

        assertThat(read(Content.of(map)).grid()).isEqualTo(grid);
    }

    private static ChannelFormat roundTrip(ChannelFormat format) {
        float[][] frame = new float[1][format.transmits() * format.channels() * format.sampleCount()];
        return read(Content.of(RfArray.wrap(format, frame))).channelFormat();
    }

    private static Sidecar read(Content content) {
        return Sidecar.read(
                MemorySource.wrap("description.json", FileInfo.json(content).getBytes(StandardCharsets.UTF_8)));
    }
}
