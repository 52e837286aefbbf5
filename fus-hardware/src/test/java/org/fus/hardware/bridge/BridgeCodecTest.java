package org.fus.hardware.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fus.core.error.FusDeviceException;
import org.fus.core.probe.Element;
import org.fus.core.probe.Probe;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.Control;
import org.fus.core.sequence.FiringGroup;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Schedule;
import org.fus.core.sequence.SuperGroup;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitAperture;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.sequence.TriggerIn;
import org.fus.core.sequence.TriggerOut;
import org.fus.hardware.DeviceFault;
import org.fus.hardware.RunOptions;
import org.junit.jupiter.api.Test;

class BridgeCodecTest {
    private static final Control RICH = new Control(
                    0.25, java.util.Optional.empty(), java.util.Optional.empty(), Map.of("gain", 3, "mode", "fast"))
            .on(new TriggerIn("in1", TriggerIn.Edge.FALLING))
            .announcing(new TriggerOut("out2", -1e-3, 2e-3, TriggerOut.Polarity.NEGATIVE));

    /** Everything that a program can hold. */
    private static AcquisitionProgram everything() {
        TransmitSequence all = new TransmitSequence(
                List.of(
                        new Transmit.PlaneWave(0.1, -0.2, TransmitAperture.range(1, 2, 4)),
                        new Transmit.DivergingWave(1e-3, 2e-3, -3e-3, TransmitAperture.ALL),
                        new Transmit.FocusedWave(1e-3, 2e-3, 30e-3, TransmitAperture.of(0, 0.5, 1, 0.25)),
                        new Transmit.SingleElement(3),
                        new Transmit.ElementDelays(
                                List.of(0.0, Double.NaN, 1e-7, 2e-7), TransmitAperture.of(1, 1, 0.5, 1))),
                15.625e6,
                5000,
                1480);
        SampleAxis receive = new SampleAxis(62.5e6, List.of(1e-6, 2e-6, 3e-6, 4e-6, 5e-6), 333);
        FiringGroup fires = new FiringGroup(
                "fires",
                all,
                receive,
                List.of(RICH, Control.IMMEDIATE, Control.after(1e-3), Control.after(2e-3), RICH),
                7,
                new Schedule(20, 0.01, RICH, List.of())
                        .thenOn(new TriggerIn("in2", TriggerIn.Edge.RISING), "again")
                        .then("fires"));
        SuperGroup again =
                new SuperGroup("again", "fires", Schedule.repeat(3, 0).then("fires"));
        return new AcquisitionProgram(List.of(fires, again), "again", RICH);
    }

    private static WireReader reader(byte[] bytes) {
        return new WireReader("a bridge", MessageType.UPLOAD, bytes, bytes.length);
    }

    private static byte[] written(AcquisitionProgram program) {
        WireWriter out = new WireWriter();
        ProgramCodec.write(out, program);
        return out.bytes();
    }

    @Test
    void program_whole_comesBackEqual() {
        WireReader in = reader(written(everything()));
        assertThat(ProgramCodec.read(in)).isEqualTo(everything());
        in.end();
    }

    @Test
    void program_cutAnywhere_isAFaultWithAReason() {
        byte[] whole = written(everything());
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> {
                        WireReader in = reader(part);
                        ProgramCodec.read(in);
                        in.end();
                    })
                    .as("%s of %s bytes", length, whole.length)
                    .isInstanceOf(FusDeviceException.class)
                    .hasMessageContaining("message UPLOAD");
        }
    }

    @Test
    void program_anyByteWrong_isReadOrAFault() {
        byte[] whole = written(everything());
        for (int at = 0; at < whole.length; at++) {
            for (int value : new int[] {0, 0x7F, 0x80, 0xFF}) {
                byte[] damaged = whole.clone();
                damaged[at] = (byte) value;
                try {
                    assertThat(ProgramCodec.read(reader(damaged))).isNotNull();
                } catch (FusDeviceException e) {
                    assertThat(e).hasMessageContaining("message UPLOAD");
                }
            }
        }
    }

    @Test
    void probes_ofTheCatalogueAndOthers_comeBackElementByElement() {
        List<Probe> some = new java.util.ArrayList<>(ProbeCatalogue.all());
        some.add(Probe.convex("arc", 12, 0.3e-3, 40e-3, 3e6)
                .elevation(5e-3, 50e-3)
                .build());
        some.add(Probe.phased("phased", 8, 0.1e-3, 3e6).build());
        Probe straight = Probe.linear("straight", 4, 0.2e-3, 15e6).build();
        List<Element> gap = List.of(straight.element(0), straight.element(1), straight.element(3));
        some.add(Probe.custom("gap", Probe.Type.LINEAR, gap, 0.2e-3, 15e6).build());
        some.add(Probe.custom("no pitch", Probe.Type.CUSTOM, gap, Double.NaN, 15e6)
                .build());
        for (Probe probe : some) {
            WireWriter out = new WireWriter();
            DeviceCodec.probe(out, probe);
            WireReader in = reader(out.bytes());
            Probe back = DeviceCodec.readProbe(in);
            in.end();
            assertThat(back.toString()).isEqualTo(probe.toString());
            assertThat(back.fractionalBandwidth()).isEqualTo(Double.valueOf(probe.fractionalBandwidth()));
            assertThat(back.elevationFocusM()).isEqualTo(Double.valueOf(probe.elevationFocusM()));
            assertThat(back.elementWidthM()).isEqualTo(Double.valueOf(probe.elementWidthM()));
            for (int e = 0; e < probe.elements(); e++) {
                assertThat(back.element(e)).isEqualTo(probe.element(e));
            }
        }
    }

    @Test
    void choices_areComplete() {
        assertThat(Choices.FAULT).containsExactlyInAnyOrder(DeviceFault.Kind.values());
        assertThat(Choices.PROBE).containsExactlyInAnyOrder(Probe.Type.values());
        assertThat(Choices.ELEMENT).containsExactlyInAnyOrder(Element.Kind.values());
        assertThat(Choices.EDGE).containsExactlyInAnyOrder(TriggerIn.Edge.values());
        assertThat(Choices.POLARITY).containsExactlyInAnyOrder(TriggerOut.Polarity.values());
        assertThat(Choices.OVERFLOW).containsExactlyInAnyOrder(RunOptions.Overflow.values());
    }

    @Test
    void text_tooLong_isCutBetweenCharacters() {
        String longText = "\u00e4".repeat(40_000);
        WireReader in = reader(new WireWriter().text(longText).bytes());
        assertThat(in.text()).isEqualTo("\u00e4".repeat(32_767));
    }
}
