package org.fus.hardware.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.fus.core.error.FusException;
import org.fus.core.error.FusFormatException;
import org.junit.jupiter.api.Test;

class ParadigmTest {
    @Test
    void blocks_asInTheVendorsDemo() {
        Paradigm p = Paradigm.blocks(60, 30, 60, 8, "visual");
        assertThat(p.events()).hasSize(8);
        assertThat(p.events().get(3)).isEqualTo(new Paradigm.Event(60 + 3 * 90, 30, "visual"));
        assertThat(p.durationS()).isEqualTo(60 + 8 * 90);
    }

    @Property(tries = 100)
    void random_anySeed_isBalancedAndKeepsItsGaps(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int repeats) {
        Paradigm p = Paradigm.random(10, 2, 3, 5, repeats, List.of("a", "b", "c"), seed);
        assertThat(p.events()).hasSize(3 * repeats);
        for (String type : List.of("a", "b", "c")) {
            assertThat(p.events().stream().filter(e -> e.trialType().equals(type)))
                    .hasSize(repeats);
        }
        for (int i = 1; i < p.events().size(); i++) {
            double gap = p.events().get(i).onsetS() - p.events().get(i - 1).endS();
            assertThat(gap).isBetween(3 - 1e-9, 5 + 1e-9);
        }
        assertThat(Paradigm.random(10, 2, 3, 5, repeats, List.of("a", "b", "c"), seed))
                .isEqualTo(p);
    }

    @Property(tries = 50)
    void eventsTsv_writtenAndRead_isTheSame(@ForAll long seed) {
        Paradigm p = Paradigm.random(10, 2, 3, 5, 4, List.of("left", "right"), seed);
        Paradigm back = Paradigm.fromEventsTsv("events.tsv", p.toEventsTsv());
        for (int i = 0; i < p.events().size(); i++) {
            // written to the microsecond
            assertThat(back.events().get(i).onsetS())
                    .isCloseTo(p.events().get(i).onsetS(), within(1e-6));
            assertThat(back.events().get(i).trialType())
                    .isEqualTo(p.events().get(i).trialType());
        }
    }

    @Test
    void eventsTsv_otherColumnsAndLineEnds_areFine() {
        Paradigm p = Paradigm.fromEventsTsv("e.tsv", "response\tonset\tduration\r\nx\t1.5\tn/a\r\ny\t0.5\t2\r\n");
        assertThat(p.events()).containsExactly(new Paradigm.Event(0.5, 2, "n/a"), new Paradigm.Event(1.5, 0, "n/a"));
    }

    @Test
    void eventsTsv_bad_namesFileAndLine() {
        assertThatThrownBy(() -> Paradigm.fromEventsTsv("e.tsv", "a,b\n"))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("e.tsv: line 1");
        assertThatThrownBy(() -> Paradigm.fromEventsTsv("e.tsv", "onset\tduration\n1\tsoon\n"))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("'soon'");
        assertThatThrownBy(() -> Paradigm.fromEventsTsv("e.tsv", "onset\tduration\nNaN\t1\n"))
                .isInstanceOf(FusFormatException.class);
        assertThatThrownBy(() -> Paradigm.fromEventsTsv("e.tsv", "onset\tduration\n1\n"))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("1 columns");
    }

    @Property(tries = 500)
    void eventsTsv_anyText_givesEventsOrOneClearError(@ForAll @StringLength(max = 60) String text) {
        for (String t : List.of(text, "onset\tduration\ttrial_type\n" + text)) {
            try {
                assertThat(Paradigm.fromEventsTsv("x.tsv", t).events()).isNotEmpty();
            } catch (FusException e) {
                assertThat(e).hasMessageStartingWith("x.tsv: line ");
            }
        }
    }

    @Test
    void blocks_wrong_areRefused() {
        assertThatThrownBy(() -> Paradigm.blocks(0, 0, 1, 1, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Paradigm(List.of(new Paradigm.Event(5, 6, "x")), 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("outside");
    }
}
