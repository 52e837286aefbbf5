package org.fus.examples.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.fus.core.data.ChannelFormat;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.junit.jupiter.api.Test;

class DefaultGridTest {
    private static final TransmitSequence THREE_WAVES = TransmitSequence.planeWaves(-0.1, 0.1, 3, 15.4e6, 15e3);

    @Test
    void of_record_spansArrayAndDepth() {
        // 1540 m/s at 15.4 MHz: a wavelength of 0.1 mm; from 2 us to 16 us: 1.54 to 12.32 mm
        PixelGrid grid = DefaultGrid.of(
                new ChannelFormat(ProbeCatalogue.ICO_PRIME, THREE_WAVES, SampleAxis.common(50e6, 2e-6, 3, 701)));
        assertThat(grid.nx()).isEqualTo(128);
        assertThat(grid.dxM()).isCloseTo(0.11e-3, within(1e-12));
        assertThat(grid.xM(0)).isCloseTo(-63.5 * 0.11e-3, within(1e-12));
        assertThat(grid.zM(0)).isCloseTo(1.54e-3, within(1e-12));
        assertThat(grid.dzM()).isCloseTo(0.1e-3, within(1e-12));
        assertThat(grid.zM(grid.nz() - 1)).isBetween(12.22e-3, 12.3201e-3);
    }

    @Test
    void of_recordFromTheFiring_startsInFrontOfTheArray() {
        PixelGrid grid = DefaultGrid.of(
                new ChannelFormat(ProbeCatalogue.ICO_PRIME, THREE_WAVES, SampleAxis.common(50e6, 0, 3, 701)));
        assertThat(grid.zM(0)).isCloseTo(0.1e-3, within(1e-12));
    }

    @Test
    void of_tinyRecord_asksForAGrid() {
        ChannelFormat format =
                new ChannelFormat(ProbeCatalogue.ICO_PRIME, THREE_WAVES, SampleAxis.common(50e6, 0, 3, 5));
        assertThatThrownBy(() -> DefaultGrid.of(format))
                .isInstanceOf(FusUnsupportedException.class)
                .hasMessageContaining("--grid");
    }
}
