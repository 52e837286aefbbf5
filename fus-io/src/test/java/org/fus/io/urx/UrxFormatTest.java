package org.fus.io.urx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.fus.core.data.ChannelFormat;
import org.fus.core.geometry.Vector3;
import org.fus.core.probe.Element;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitDelays;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.Origin;
import org.fus.io.info.FileInfo;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.source.PathSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UrxFormatTest {
    @TempDir
    Path folder;

    @Property(tries = 60)
    void write_anyChannelData_readsBackExactly(@ForAll long seed) throws IOException {
        Content.Channels content = UrxSamples.any(seed);
        Path file = Files.createTempDirectory("urx").resolve("é.urx");

        FusFiles.write(file, content);
        Content.Channels back = (Content.Channels) FusFiles.open(file);

        ChannelFormat format = content.recording().format();
        ChannelFormat got = back.recording().format();
        assertThat(got.sequence()).isEqualTo(format.sequence());
        assertThat(got.samples()).isEqualTo(format.samples());
        assertThat(got.channelMap()).isEqualTo(format.channelMap());
        assertThat(got.probe().name()).isEqualTo(format.probe().name());
        assertThat(got.probe().type()).isEqualTo(format.probe().type());
        for (int e = 0; e < format.probe().elements(); e++) {
            assertThat(got.probe().element(e)).isEqualTo(format.probe().element(e));
        }
        assertThat(back.recording().demodulationFrequencyHz())
                .isEqualTo(content.recording().demodulationFrequencyHz());
        assertSamplesAreEqual(back, content);
        assertThat(back.origin().dtype()).isEqualTo(content.origin().dtype());
        assertThat(back.origin().metadata()).isEqualTo(content.origin().metadata());
        Files.delete(file);
        Files.delete(file.getParent());
    }

    /** What another program sees: the objects of the format alone. */
    @Property(tries = 60)
    void write_anyChannelData_meansTheSameWithoutTheDescription(@ForAll long seed) throws IOException {
        Content.Channels content = UrxSamples.any(seed);
        Path file = Files.createTempDirectory("urx").resolve("a.urx");
        FusFiles.write(file, content);

        Content.Channels other = asOthersSeeIt(file).getFirst();

        ChannelFormat format = content.recording().format();
        ChannelFormat got = other.recording().format();
        double c = format.sequence().soundSpeedMPerS();
        for (int e = 0; e < format.probe().elements(); e++) {
            assertSameElement(got.probe().element(e), format.probe().element(e));
        }
        for (int t = 0; t < format.transmits(); t++) {
            Transmit transmit = format.sequence().transmits().get(t);
            double[] law = TransmitDelays.delaysS(transmit, format.probe(), c);
            // A kind of element that the format does not tell apart makes other waves: then the delays stand for it.
            double[] read = TransmitDelays.delaysS(got.sequence().transmits().get(t), got.probe(), c);
            double shift = got.samples().startTimesS().get(t)
                    - format.samples().startTimesS().get(t);
            for (int e = 0; e < law.length; e++) {
                // Within an eighth of a period a wave is that wave.
                assertThat(Double.isNaN(read[e])).isEqualTo(Double.isNaN(law[e]));
                if (!Double.isNaN(law[e])) {
                    assertThat(read[e] - shift).isCloseTo(law[e], within(1 / (8 * 5e6) + 1e-15));
                }
            }
        }
        if (content.recording().frames() > 1 || format.transmits() > 1) {
            // The rate stands there as times, whose differences have a few units in the last place.
            assertThat(got.sequence().frameRateHz() / format.sequence().frameRateHz())
                    .isCloseTo(1, within(1e-12));
        } else {
            assertThat(other.origin().warnings()).anyMatch(w -> w.contains("states no times"));
            assertThat(other.origin().metadata()).containsEntry(FileInfo.NOT_STATED, List.of("timesS"));
        }
        assertThat(got.sequence().centerFrequencyHz())
                .isEqualTo(format.sequence().centerFrequencyHz());
        assertThat(got.samples().samplingFrequencyHz())
                .isEqualTo(format.samples().samplingFrequencyHz());
        assertSamplesAreEqual(other, content);
        Files.delete(file);
        Files.delete(file.getParent());
    }

    @Test
    void write_planeWaves_meanTheSameWavesToTheNanosecond() {
        Content.Channels content = UrxFixtures.planeWaves();
        Path file = folder.resolve("p.urx");
        FusFiles.write(file, content);

        ChannelFormat got = asOthersSeeIt(file).getFirst().recording().format();

        ChannelFormat format = content.recording().format();
        for (int t = 0; t < format.transmits(); t++) {
            Transmit.PlaneWave read =
                    (Transmit.PlaneWave) got.sequence().transmits().get(t);
            Transmit.PlaneWave wave =
                    (Transmit.PlaneWave) format.sequence().transmits().get(t);
            assertThat(read.tiltRad()).isCloseTo(wave.tiltRad(), within(1e-14));
            assertThat(got.samples().startTimesS().get(t))
                    .isCloseTo(format.samples().startTimesS().get(t), within(1e-15));
        }
        assertThat(got.sequence().frameRateHz()).isCloseTo(500, within(1e-9));
        assertThat(got.probe().pitchM()).isCloseTo(1.1e-4, within(1e-12));
        assertThat(got.probe().elementWidthM()).isCloseTo(1e-4, within(1e-12));
    }

    @Test
    void write_metadataOfTheFormat_standWhereTheyCameFromAndComeBack() {
        Map<String, Object> kept = Map.of(
                "authors",
                "Ada é",
                "local_time",
                "2026-11-25T06:00:00",
                "vendor_note",
                Map.of("serial", 42L, "gains", List.of(1.5, 2.5), "tags", List.of("a", "b")),
                "groups",
                List.of(Map.of(
                        "sequence",
                        List.of(Map.of(
                                "receive_setup",
                                Map.of("tgc_profile", List.of(1.0, 2.0), "tgc_sampling_frequency", 1e6))))));
        Content.Channels content = UrxFixtures.planeWaves();
        Origin origin = new Origin("", "", "int16", Map.of(UrxMetadata.ENTRY, kept), List.of());
        Path file = folder.resolve("m.urx");

        assertThat(FusFiles.write(file, content.withOrigin(origin))).isEmpty();

        Map<?, ?> back =
                (Map<?, ?>) asOthersSeeIt(file).getFirst().origin().metadata().get(UrxMetadata.ENTRY);
        assertThat(back.get("authors")).isEqualTo("Ada é");
        assertThat(back.get("vendor_note")).isEqualTo(kept.get("vendor_note"));
        assertThat(((Map<?, ?>) ((List<?>) back.get("groups")).getFirst())
                        .get("sequence")
                        .toString())
                .contains("tgc_profile=[1.0, 2.0]")
                .contains("tgc_sampling_frequency=1000000.0");
        assertThat(FusFiles.open(file).origin().metadata()).isEqualTo(Map.of(UrxMetadata.ENTRY, kept));
    }

    private static void assertSameElement(Element got, Element element) {
        assertClose(got.centerM(), element.centerM(), 1e-12);
        assertClose(got.normal(), element.normal(), 1e-9);
        if (element.lengthM() > element.widthM() || Double.isNaN(element.lengthM())) {
            assertClose(got.axis(), element.axis(), 1e-9);
            assertThat(got.widthM()).isCloseTo(element.widthM(), within(1e-12));
        }
    }

    private static void assertClose(Vector3 got, Vector3 expected, double tolerance) {
        assertThat(got.minus(expected).length()).isLessThan(tolerance);
    }

    private static void assertSamplesAreEqual(Content.Channels got, Content.Channels expected) {
        assertThat(got.recording().frames()).isEqualTo(expected.recording().frames());
        for (int f = 0; f < expected.recording().frames(); f++) {
            assertThat(UrxSamples.frame(got.recording(), f)).isEqualTo(UrxSamples.frame(expected.recording(), f));
        }
    }

    static List<Content.Channels> asOthersSeeIt(Path file) {
        return UrxFormat.recordings(new UrxNodes(Hdf.open(PathSource.of(file))), Optional.empty());
    }
}
