package org.fus.hardware.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.fus.core.error.FusDeviceException;
import org.fus.hardware.transport.ByteTransport;
import org.fus.hardware.transport.MemoryTransport;
import org.fus.hardware.trigger.TriggerEdge.Direction;
import org.fus.hardware.trigger.TriggerEdge.Slope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TriggerPortTest {
    private static LinkedBlockingQueue<TriggerEdge> listen(TriggerPort port) {
        LinkedBlockingQueue<TriggerEdge> edges = new LinkedBlockingQueue<>();
        port.edges().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription s) {
                s.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(TriggerEdge e) {
                edges.add(e);
            }

            @Override
            public void onError(Throwable t) {
                throw new AssertionError(t);
            }

            @Override
            public void onComplete() {}
        });
        return edges;
    }

    private static TriggerEdge next(LinkedBlockingQueue<TriggerEdge> edges) throws InterruptedException {
        TriggerEdge e = edges.poll(5, TimeUnit.SECONDS);
        assertThat(e).as("an edge").isNotNull();
        return e;
    }

    @Test
    void serial_patternsInAndOut_amongOtherBytes() throws Exception {
        MemoryTransport.Pair line = MemoryTransport.pair("box");
        try (ByteTransport box = line.b();
                SerialTriggerPort port = new SerialTriggerPort(
                        line.a(),
                        List.of(BytePattern.ofText("lick", "LK"), new BytePattern("frame", "00ff")),
                        List.of(BytePattern.ofText("stim", "T")),
                        2e-3)) {
            LinkedBlockingQueue<TriggerEdge> edges = listen(port);
            long before = System.nanoTime();
            box.write(new byte[] {1, 2, 'L', 'L', 'K', 0});
            box.write(new byte[] {(byte) 0xff, 'K', 'L'});
            TriggerEdge lick = next(edges);
            assertThat(lick.channel()).isEqualTo("lick");
            assertThat(lick.direction()).isEqualTo(Direction.IN);
            assertThat(lick.hostTimeNs()).isBetween(before, System.nanoTime());
            assertThat(lick.uncertaintyS()).isEqualTo(2e-3);
            assertThat(next(edges).channel()).as("over two reads").isEqualTo("frame");
            TriggerEdge out = port.emit("stim", 0.01, "visual");
            byte[] got = new byte[8];
            assertThat(box.read(got, 0, 8, Duration.ofSeconds(2))).isEqualTo(1);
            assertThat(got[0]).isEqualTo((byte) 'T');
            assertThat(next(edges)).isEqualTo(out);
            assertThat(edges).isEmpty();
            assertThatThrownBy(() -> port.emit("juice", 0, ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'juice'")
                    .hasMessageContaining("stim");
            assertThat(port.lostEdges()).isZero();
        }
        assertThatThrownBy(() -> new BytePattern("x", "0g")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @SuppressWarnings("try") // closing twice is the point
    void udp_knownWordsAreEdges_othersAreCounted() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (DatagramChannel rig = DatagramChannel.open()) {
            rig.bind(new InetSocketAddress(loopback, 0));
            InetSocketAddress rigAddress = (InetSocketAddress) rig.getLocalAddress();
            try (UdpTriggerPort port = UdpTriggerPort.open(
                    new InetSocketAddress(loopback, 0),
                    rigAddress,
                    Map.of("ExpStart", "experiment"),
                    Map.of("scan", "ScanStart"),
                    1e-3)) {
                LinkedBlockingQueue<TriggerEdge> edges = listen(port);
                send(rig, port, "ExpStartle mouse"); // not the word
                send(rig, port, "x".repeat(1473));
                rig.send(ByteBuffer.wrap(new byte[] {(byte) 0xff, 0, 1}), port.localAddress());
                send(rig, port, "ExpStart mouse7 1\n");
                TriggerEdge e = next(edges);
                assertThat(e.channel()).isEqualTo("experiment");
                assertThat(e.label()).isEqualTo("mouse7 1");
                assertThat(port.ignoredMessages()).isEqualTo(3);
                port.emit("scan", 0, "block 4");
                ByteBuffer got = ByteBuffer.allocate(100);
                rig.receive(got);
                assertThat(new String(got.array(), 0, got.position(), StandardCharsets.UTF_8))
                        .isEqualTo("ScanStart block 4");
                port.close();
                port.close();
                assertThatThrownBy(() -> port.emit("scan", 0, "")).isInstanceOf(FusDeviceException.class);
            }
        }
    }

    private static void send(DatagramChannel from, UdpTriggerPort to, String text) throws Exception {
        from.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), to.localAddress());
    }

    @Test
    void device_edgesCarryBothClocks_andTheFitFindsTheDrift() throws Exception {
        try (SimulatedTriggerLines lines = new SimulatedTriggerLines(Set.of("stim"), 7_000_000_000_000L, 150, 2e-3, 5);
                DeviceTriggerPort port = new DeviceTriggerPort("sim", lines, 2e-3)) {
            LinkedBlockingQueue<TriggerEdge> edges = listen(port);
            for (int i = 0; i < 60; i++) {
                lines.schedule("ttl", Slope.RISING, 0.02 * i);
            }
            List<ClockFit.Sample> samples = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                TriggerEdge e = next(edges);
                samples.add(new ClockFit.Sample(e.deviceTimeNs().orElseThrow(), e.hostTimeNs(), e.uncertaintyS()));
            }
            ClockFit fit = ClockFit.of(samples);
            // a drift of 150 ppm over 1.2 s is 0.18 ms, within the jitter: the fit must say how well it knows
            assertThat(fit.driftPpm()).isCloseTo(-150, within(8 * fit.driftErrorPpm() + 1));
            long now = System.nanoTime();
            // reports are late by half the jitter on average, and by what a busy machine adds
            assertThat((fit.hostTimeNs(lines.deviceTimeNs(now)) - now) * 1e-9).isBetween(-2e-3, 50e-3);
        }
    }

    @Test
    @SuppressWarnings("try") // closing early is the point
    void device_pulse_comesBackThroughTheLoop() throws Exception {
        try (SimulatedTriggerLines lines = new SimulatedTriggerLines(Set.of("stim"), 0, 0, 0, 5);
                DeviceTriggerPort port = new DeviceTriggerPort("sim", lines, 1e-3)) {
            LinkedBlockingQueue<TriggerEdge> edges = listen(port);
            TriggerEdge out = port.emit("stim", 0.05, "tone");
            List<TriggerEdge> all = new ArrayList<>(List.of(next(edges), next(edges), next(edges)));
            // the loop may be faster than the return of the call that it answers
            assertThat(all.remove(out)).as("the edge that went out").isTrue();
            TriggerEdge up = all.get(0);
            TriggerEdge down = all.get(1);
            assertThat(up.channel()).isEqualTo("loop-stim");
            assertThat(List.of(up.slope(), down.slope())).containsExactly(Slope.RISING, Slope.FALLING);
            double width =
                    (down.deviceTimeNs().orElseThrow() - up.deviceTimeNs().orElseThrow()) * 1e-9;
            // two roundings to the nanosecond
            assertThat(width).isCloseTo(0.05, within(2e-9));
            assertThat(out.deviceTimeNs()).isPresent();
            port.close();
            assertThatThrownBy(() -> port.emit("stim", 0.05, "")).isInstanceOf(FusDeviceException.class);
        }
    }

    @Test
    void player_presentsEverything_andRecordsWhen() throws Exception {
        Paradigm p = Paradigm.blocks(0.05, 0.05, 0.05, 5, "visual");
        try (SimulatedTriggerLines lines = new SimulatedTriggerLines(Set.of("stim"), 0, 0, 0, 5);
                DeviceTriggerPort port = new DeviceTriggerPort("sim", lines, 1e-3);
                ParadigmPlayer player = ParadigmPlayer.start(p, port, Map.of("visual", "stim"))) {
            List<ParadigmPlayer.Presented> done = player.done().get(10, TimeUnit.SECONDS);
            assertThat(done).hasSize(5);
            for (ParadigmPlayer.Presented one : done) {
                double at = (one.edge().hostTimeNs() - player.startNs()) * 1e-9;
                // never early; late only by what a busy test machine adds
                assertThat(at).isBetween(one.planned().onsetS(), one.planned().onsetS() + 1);
                assertThat(one.edge().label()).isEqualTo("visual");
            }
            assertThatThrownBy(() -> ParadigmPlayer.start(p, port, Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("[visual]");
        }
    }

    @Test
    void player_closed_endsAtOnceWithWhatWasPresented() throws Exception {
        Paradigm p = Paradigm.blocks(0, 1, 100, 5, "visual");
        try (SimulatedTriggerLines lines = new SimulatedTriggerLines(Set.of("stim"), 0, 0, 0, 5);
                DeviceTriggerPort port = new DeviceTriggerPort("sim", lines, 1e-3)) {
            ParadigmPlayer player = ParadigmPlayer.start(p, port, Map.of("visual", "stim"));
            while (player.presented().isEmpty()) {
                Thread.sleep(1);
            }
            player.close();
            assertThat(player.done().get(5, TimeUnit.SECONDS)).hasSize(1);
        }
    }
}
