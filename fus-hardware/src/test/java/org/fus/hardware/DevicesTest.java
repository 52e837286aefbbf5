package org.fus.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.fus.core.error.FusDeviceException;
import org.fus.hardware.sim.SimulatedScanner;
import org.junit.jupiter.api.Test;

class DevicesTest {
    @Test
    void open_simulatedScanner_takesItsSettings() {
        URI uri = URI.create("sim:l22-14v?seed=3&flow-mm-s=-2.5&vessel-depth-mm=7");
        try (UltrasoundDevice device = Devices.open(uri)) {
            assertThat(device.probe().name()).isEqualTo("L22-14v");
            SimulatedScanner scanner = (SimulatedScanner) device;
            assertThat(scanner.phantom().seed()).isEqualTo(3);
            assertThat(scanner.phantom().vessels().getFirst().meanSpeedMPerS()).isEqualTo(-2.5e-3);
            assertThat(scanner.phantom().vessels().getFirst().centreZM()).isEqualTo(7e-3);
        }
    }

    @Test
    void open_unknownScheme_listsTheKnownOnes() {
        assertThatThrownBy(() -> Devices.open(URI.create("verasonics:1")))
                .isInstanceOf(FusDeviceException.class)
                .hasMessageContaining("verasonics:1")
                .hasMessageContaining("sim:")
                .hasMessageContaining("file:");
    }

    @Test
    void open_badSettings_namesThem() {
        assertThatThrownBy(() -> Devices.open(URI.create("sim:icoprime?sed=3")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'sed'");
        assertThatThrownBy(() -> Devices.open(URI.create("sim:icoprime?flow-mm-s=fast")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'fast'");
        assertThatThrownBy(() -> Devices.open(URI.create("sim:heart")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'heart'");
    }
}
