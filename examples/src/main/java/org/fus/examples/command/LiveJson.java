package org.fus.examples.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fus.hardware.live.Latency;
import org.fus.hardware.live.LiveFigures;
import org.fus.hardware.live.RecorderFigures;
import org.fus.hardware.live.SubscriberFigures;

/** Figures of a live chain for scripts. */
final class LiveJson {
    private LiveJson() {}

    static Map<String, Object> of(LiveFigures f) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("blocks", f.blocks().count());
        json.put("frames", f.blocks().frames());
        json.put("gaps", f.blocks().gaps());
        json.put("missingFrames", f.blocks().missingFrames());
        json.put("longestPauseMs", f.blocks().longestPauseS() * 1e3);
        json.put("maps", f.ensembles().made());
        json.put("ensemblesSkipped", f.ensembles().skipped());
        json.put("ensemblesIncomplete", f.ensembles().incomplete());
        json.put("imagesLatency", latency(f.images()));
        json.put("mapsLatency", latency(f.maps()));
        json.put("display", f.display());
        json.put("mostDisplay", f.mostDisplay());
        json.put("recorded", f.recording().map(LiveJson::recorder).orElse(null));
        json.put(
                "subscribers",
                f.subscribers().stream().map(LiveJson::subscriber).toList());
        return json;
    }

    static Map<String, Object> latency(Latency l) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("count", l.count());
        json.put("p50Ms", l.count() == 0 ? null : l.p50S() * 1e3);
        json.put("p99Ms", l.count() == 0 ? null : l.p99S() * 1e3);
        json.put("maxMs", l.count() == 0 ? null : l.maxS() * 1e3);
        return json;
    }

    static Map<String, Object> recorder(RecorderFigures r) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("blocks", r.blocks());
        json.put("frames", r.frames());
        json.put("bytes", r.bytes());
        json.put("mostWaiting", r.mostWaiting());
        json.put("append", latency(r.append()));
        json.put("latency", latency(r.latency()));
        return json;
    }

    private static Map<String, Object> subscriber(SubscriberFigures s) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", s.name());
        json.put("policy", s.policy().name());
        json.put("published", s.published());
        json.put("delivered", s.delivered());
        json.put("dropped", s.dropped());
        json.put("thinned", s.thinned());
        json.put("latency", latency(s.latency()));
        json.put("failure", s.failure().map(Throwable::toString).orElse(null));
        return json;
    }
}
