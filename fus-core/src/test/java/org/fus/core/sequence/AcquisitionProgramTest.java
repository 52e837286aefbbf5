package org.fus.core.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fus.core.error.FusUnsupportedException;
import org.junit.jupiter.api.Test;

class AcquisitionProgramTest {
    private static final TransmitSequence SEQUENCE = TransmitSequence.planeWaves(-0.1, 0.1, 3, 15e6, 6000);
    private static final SampleAxis RECEIVE = SampleAxis.common(60e6, 0, 3, 100);
    private static final FiringGroup REST = new FiringGroup("rest", SEQUENCE, RECEIVE, 200, 32);
    private static final TriggerIn START = new TriggerIn("ttl 1", TriggerIn.Edge.RISING);

    @Test
    void program_ofOneSequence_isASingleGroupAtItsOwnRate() {
        AcquisitionProgram program = new AcquisitionProgram(SEQUENCE, RECEIVE, 200, 32);

        assertThat(program.single()).isPresent();
        assertThat(program.sequence()).isEqualTo(SEQUENCE);
        assertThat(program.receive()).isEqualTo(RECEIVE);
        assertThat(program.frames()).isEqualTo(200);
        assertThat(program.framesPerBlock()).isEqualTo(32);
        FiringGroup group = program.groups().getFirst();
        assertThat(group.schedule().periodS()).isEqualTo(3 / 6000.0);
        assertThat(group.events()).extracting(Control::timeOffsetS).containsExactly(0.0, 1 / 6000.0, 2 / 6000.0);
    }

    @Test
    void program_thatWaitsLinksOrPauses_isNoSingleGroup() {
        Schedule paused = new Schedule(200, 0.1, Control.IMMEDIATE, List.of());
        List<AcquisitionProgram> programs = List.of(
                new AcquisitionProgram(List.of(REST), "rest", Control.IMMEDIATE.on(START)),
                new AcquisitionProgram(List.of(REST), "rest", Control.after(1)),
                new AcquisitionProgram(List.of(with(REST, REST.schedule().then("rest"))), "rest", Control.IMMEDIATE),
                new AcquisitionProgram(List.of(with(REST, paused)), "rest", Control.IMMEDIATE),
                new AcquisitionProgram(
                        List.of(REST, new SuperGroup("all", "rest", Schedule.repeat(2, 1))), "all", Control.IMMEDIATE));

        for (AcquisitionProgram program : programs) {
            assertThat(program.single()).isEmpty();
            assertThatThrownBy(program::sequence)
                    .isInstanceOf(FusUnsupportedException.class)
                    .hasMessageContaining("expected one group");
        }
    }

    @Test
    void program_withSettingsOfADevice_isNoSingleGroup() {
        Control control = new Control(0, Optional.empty(), Optional.empty(), Map.of("clamp", 9e-7));

        assertThat(new AcquisitionProgram(List.of(REST), "rest", control).single())
                .isEmpty();
    }

    @Test
    void program_withNamesThatDoNotFit_namesAllProblemsAtOnce() {
        FiringGroup lost = with(REST, REST.schedule().thenOn(START, "nowhere"));

        assertThatThrownBy(() -> new AcquisitionProgram(
                        List.of(lost, lost, new SuperGroup("loop", "loop", Schedule.repeat(1, 0))),
                        "missing",
                        Control.IMMEDIATE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two units are called 'rest'")
                .hasMessageContaining("first is 'missing'")
                .hasMessageContaining("unit 'rest': link 0 is 'nowhere'")
                .hasMessageContaining("unit 'loop': plays itself");
        assertThatThrownBy(() -> new AcquisitionProgram(List.of(), "a", Control.IMMEDIATE))
                .hasMessageContaining("no group fires");
    }

    @Test
    void parts_withImpossibleFigures_areRefused() {
        assertThatThrownBy(() -> Schedule.repeat(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Schedule.repeat(1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Control.after(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TriggerOut("1", 0, -1, TriggerOut.Polarity.POSITIVE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FiringGroup(" ", SEQUENCE, RECEIVE, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FiringGroup("a", SEQUENCE, RECEIVE, 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FiringGroup("a", SEQUENCE, RECEIVE.only(0), 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 start times for 3 transmits");
    }

    private static FiringGroup with(FiringGroup g, Schedule schedule) {
        return new FiringGroup(g.name(), g.sequence(), g.receive(), g.events(), g.framesPerBlock(), schedule);
    }
}
