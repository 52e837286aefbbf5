package org.fus.hardware.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.DopplerFrame.Quantity;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.PixelGrid;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.sim.SimulatedScanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CBV change and time courses: by hand, and of a scanner whose echoes grow by a known amount. */
@Timeout(60)
class CbvChangeTest {
    private static final PixelGrid GRID = PixelGrid.xz(0, 1e-3, 2, 5e-3, 6e-3, 2);

    private static LiveMaps map(double timeS, float... power) {
        return map(Quantity.POWER, timeS, power);
    }

    private static LiveMaps map(Quantity quantity, double timeS, float... power) {
        return new LiveMaps(0, 0, 10, timeS, 0, DopplerFrame.wrap(quantity, GRID, power, Provenance.none()), Map.of());
    }

    @Test
    void update_byHand() {
        CbvChange cbv = CbvChange.againstWindow(1, 3);
        assertThat(cbv.update(map(0.9, 100, 100, 100, 100))).isEmpty(); // before the window
        assertThat(cbv.update(map(1, 2, 1, 0, 4))).isEmpty();
        assertThat(cbv.update(map(2.9, 4, 1, 0, 6))).isEmpty();
        assertThat(cbv.baselineMaps()).isEqualTo(2);
        DopplerFrame change = cbv.update(map(3, 6, 0.5f, 1, 5)).orElseThrow();
        assertThat(change.quantity()).isEqualTo(Quantity.CBV_CHANGE);
        // baseline 3, 1, 0, 5
        assertThat(change.toArray()).containsExactly(100, -50, Float.NaN, 0);
        assertThat(change.provenance().steps().getLast().parameters())
                .containsEntry("baselineFromS", "1.0")
                .containsEntry("baselineToS", "3.0");
        // the baseline does not change any more
        assertThat(cbv.update(map(4, 6, 0.5f, 1, 5)).orElseThrow().toArray()).isEqualTo(change.toArray());
    }

    @Test
    void update_withoutAMapInTheWindow_showsNothing() {
        CbvChange cbv = CbvChange.againstWindow(1, 2);
        assertThat(cbv.update(map(0.5, 1, 1, 1, 1))).isEmpty();
        assertThat(cbv.update(map(2.5, 1, 1, 1, 1))).isEmpty();
        assertThat(cbv.baselineMaps()).isZero();
    }

    @Test
    void courses_byHand() {
        LiveRegion left = LiveRegion.box("left", GRID, 0, 0, 0, 1);
        LiveRegion deep = LiveRegion.where("deep", GRID, p -> p.z() > 5.5e-3);
        RegionCourses courses = RegionCourses.keeping(List.of(left, deep), 0, 2, 3);
        assertThat(courses.update(map(0, 1, 9, 3, 5)))
                .isEqualTo(new RegionCourses.Point(0, List.of(2.0, 4.0), Optional.empty()));
        courses.update(map(1, 3, 9, 5, 11));
        // baseline: left (2 + 4) / 2 = 3, deep (4 + 8) / 2 = 6
        assertThat(courses.update(map(2, 2, 9, 7, 8)))
                .isEqualTo(new RegionCourses.Point(2, List.of(4.5, 7.5), Optional.of(List.of(50.0, 25.0))));
        courses.update(map(3, 0, 0, 0, 0));
        assertThat(courses.points()).extracting(RegionCourses.Point::timeS).containsExactly(1.0, 2.0, 3.0);
        assertThat(courses.baselineMaps()).isEqualTo(2);
        assertThat(courses.regions()).containsExactly(left, deep);
    }

    @Test
    void wrongInput_isRefused() {
        assertThatThrownBy(() -> CbvChange.againstWindow(2, 2)).hasMessageContaining("baseline from 2.0 to 2.0");
        assertThatThrownBy(() -> CbvChange.againstWindow(-1, 2)).hasMessageContaining("0 or more");
        assertThatThrownBy(() -> CbvChange.againstWindow(0, 1).update(map(Quantity.ENVELOPE, 0, 1, 1, 1, 1)))
                .hasMessageContaining("expected power Doppler");
        PixelGrid other = PixelGrid.xz(0, 1e-3, 2, 5e-3, 6e-3, 3);
        assertThatThrownBy(() -> LiveRegion.box("far", GRID, 1, 2, 1, 2)).hasMessageContaining("no pixel");
        assertThatThrownBy(() -> RegionCourses.againstWindow(List.of(), 0, 1)).hasMessageContaining("no region");
        RegionCourses courses = RegionCourses.againstWindow(List.of(LiveRegion.box("a", other, 0, 1, 0, 1)), 0, 1);
        assertThatThrownBy(() -> courses.update(map(0, 1, 1, 1, 1))).hasMessageContaining("is for maps on");
    }

    @Test
    void scannerWhoseEchoesGrow_showsThatChange() {
        // echoes of 1.1 times the amplitude have 1.21 times the power: 21 % more, everywhere
        List<DopplerFrame> changes = new ArrayList<>();
        try (SimulatedScanner scanner = LiveRig.scanner(t -> t < 0.959 ? 1 : 1.1, false)) {
            UploadedProgram program = scanner.upload(LiveRig.program(960, 16), LiveRig.PROBE);
            LiveRegion all = LiveRegion.where("all", LiveRig.GRID, p -> true);
            CbvChange cbv = CbvChange.againstWindow(0, 0.96);
            RegionCourses courses = RegionCourses.againstWindow(List.of(all), 0, 0.96);
            LiveOptions options = LiveOptions.of(program, 240).withComputing(StreamPolicy.PROCESS_ALL);
            try (LivePipeline live =
                    LivePipeline.of(program, LiveRig.RECIPE, options).open()) {
                live.maps().subscribe("cbv", StreamPolicy.STORE_ALL, m -> {
                    cbv.update(m).ifPresent(changes::add);
                    courses.update(m);
                });
                live.start(scanner::start);
                live.await();
            }
            assertThat(cbv.baselineMaps()).isEqualTo(2);
            assertThat(changes).hasSize(2);
            // an ensemble is the recording once, so that nothing but the gain tells them apart, from frame 480 on;
            // rounding to
            // int16 at an amplitude of 2000 is 2.5e-4 of the noise, less on average over 235 components
            for (DopplerFrame change : changes) {
                for (int p = 0; p < LiveRig.GRID.size(); p++) {
                    assertThat((double) change.at(p)).isCloseTo(21, Offset.offset(0.1));
                }
            }
            assertThat(courses.points()).hasSize(4);
            assertThat(courses.points().getFirst().changesPercent()).isEmpty();
            assertThat(courses.points().getLast().changesPercent().orElseThrow().getFirst())
                    .isCloseTo(21, Offset.offset(0.02));
            double mean = 0;
            for (float v : changes.getLast().toArray()) {
                mean += v;
            }
            assertThat(mean / changes.getLast().grid().size()).isCloseTo(21, Offset.offset(0.02));
        }
    }

    @Test
    void deviceStatus_inEveryState() {
        SimulatedScanner scanner = LiveRig.paced();
        DeviceStatus open = DeviceStatus.of(scanner);
        assertThat(open.probe()).contains("small");
        assertThat(open.highVoltage().orElseThrow().on()).isFalse();
        assertThat(open.toString()).startsWith("CONNECTED, 0.0 V, small, 25");
        scanner.faults().unplugProbe();
        assertThat(DeviceStatus.of(scanner).toString()).isEqualTo("CONNECTED, 0.0 V, no probe");
        scanner.close();
        assertThat(DeviceStatus.of(scanner).toString()).isEqualTo("CLOSED, no voltage reading, no probe");
    }
}
