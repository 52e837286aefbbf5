package org.fus.hardware.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fus.hardware.trigger.ParadigmPlayer;
import org.fus.hardware.trigger.TriggerEdge;
import org.fus.hardware.trigger.TriggerEdge.Direction;
import org.fus.hardware.trigger.TriggerEdge.Slope;
import org.fus.io.bids.BidsEvent;
import org.fus.io.record.BlockNotes;

/** Edges as events on the clock of the acquisition. */
final class SessionEvents {
    /** Outputs that come back in are not told twice. */
    private static final String LOOP = "loop-";

    private final SessionClock clock;
    private final boolean onDeviceClock;

    SessionEvents(SessionClock clock, boolean onDeviceClock) {
        this.clock = clock;
        this.onDeviceClock = onDeviceClock;
    }

    boolean onDeviceClock() {
        return onDeviceClock;
    }

    double timeS(TriggerEdge edge) {
        return onDeviceClock && edge.deviceTimeNs().isPresent()
                ? clock.timeS(edge.deviceTimeNs().getAsLong())
                : clock.hostTimeS(edge.hostTimeNs());
    }

    /** As they stand in the notes of a block. */
    List<BlockNotes.Event> notes(List<TriggerEdge> edges) {
        return edges.stream()
                .map(e -> new BlockNotes.Event(
                        timeS(e),
                        String.join(
                                        " ",
                                        e.channel(),
                                        e.direction().name().toLowerCase(Locale.ROOT),
                                        e.slope().name().toLowerCase(Locale.ROOT),
                                        e.label())
                                .strip()))
                .toList();
    }

    /** What was presented, and what came in from outside: from a rising edge to the falling one of its line. */
    List<BidsEvent> events(List<ParadigmPlayer.Presented> presented, List<TriggerEdge> edges) {
        List<BidsEvent> events = new ArrayList<>();
        for (ParadigmPlayer.Presented p : presented) {
            events.add(new BidsEvent(
                    timeS(p.edge()), p.planned().durationS(), p.planned().trialType()));
        }
        Map<String, TriggerEdge> high = new HashMap<>();
        for (TriggerEdge e : edges) {
            if (e.direction() == Direction.OUT || e.channel().startsWith(LOOP)) {
                continue;
            }
            if (e.slope() == Slope.RISING) {
                TriggerEdge before = high.put(e.channel(), e);
                if (before != null) {
                    events.add(event(before, Double.NaN));
                }
            } else {
                TriggerEdge on = high.remove(e.channel());
                if (on != null) {
                    events.add(event(on, Math.max(0, timeS(e) - timeS(on))));
                }
            }
        }
        high.values().forEach(on -> events.add(event(on, Double.NaN)));
        events.sort(Comparator.comparingDouble(BidsEvent::onsetS));
        return events;
    }

    private BidsEvent event(TriggerEdge on, double durationS) {
        return new BidsEvent(timeS(on), durationS, on.label().isEmpty() ? on.channel() : on.label());
    }
}
