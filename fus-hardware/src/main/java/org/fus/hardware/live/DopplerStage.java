package org.fus.hardware.live;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.fus.core.clutter.ClutterFilter;
import org.fus.core.data.DopplerFrame;
import org.fus.core.run.RunContext;

/** Images to maps: that of the recipe each time, views when they are shown. */
final class DopplerStage {
    /** A view with its filter, which keeps its work space. */
    private record Prepared(LiveView view, ClutterFilter filter) {}

    private final Imager imager;
    private final RunContext context;
    private final int ensembleFrames;
    private final double frameRateHz;
    private final List<Prepared> views;
    private final Handoff<ImageStage.Ensemble> source;
    private final LiveStream<LiveMaps> maps;
    private final DisplayRate.Shutter shutter;
    private final LatencyHistogram latency = new LatencyHistogram();
    private final AtomicLong made = new AtomicLong();

    DopplerStage(
            Imager imager,
            RunContext context,
            LiveOptions options,
            double frameRateHz,
            Handoff<ImageStage.Ensemble> source,
            LiveStream<LiveMaps> maps,
            DisplayRate display) {
        this.imager = imager;
        this.context = context;
        this.ensembleFrames = options.ensembleFrames();
        this.frameRateHz = frameRateHz;
        this.views = options.views().stream()
                .map(v -> new Prepared(v, v.clutter().filter()))
                .toList();
        this.source = source;
        this.maps = maps;
        this.shutter = display.new Shutter();
    }

    void run() {
        for (ImageStage.Ensemble e = source.take(); e != null; e = source.take()) {
            boolean show = shutter.next();
            LiveMaps item = map(e, show);
            latency.add(System.nanoTime() - e.readyNs());
            made.incrementAndGet();
            maps.publish(item, e.readyNs(), show);
        }
    }

    LiveMaps map(ImageStage.Ensemble e, boolean show) {
        DopplerFrame map = imager.map(e.images(), context);
        Map<String, DopplerFrame> shown = new LinkedHashMap<>();
        if (show) {
            for (Prepared p : views) {
                shown.put(p.view().name(), p.view().product().of(e.images(), p.filter(), context));
            }
        }
        return new LiveMaps(
                e.firstFrame() / ensembleFrames,
                e.firstFrame(),
                ensembleFrames,
                (e.firstFrame() + ensembleFrames / 2.0) / frameRateHz,
                e.readyNs(),
                map,
                shown);
    }

    long made() {
        return made.get();
    }

    Latency latency() {
        return latency.latency();
    }
}
