package org.fus.io.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.core.data.ChannelData;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.ImageGrid;
import org.fus.io.content.ChannelRecording;
import org.fus.io.content.Content;
import org.fus.io.content.IqRecording;
import org.fus.io.content.Origin;
import org.fus.io.info.FileInfo;

/** Describes frames that are still to come, as if they were there. */
final class Described {
    /** Entries that a recording has elsewhere, or that are not known before it ends. */
    private static final List<String> ELSEWHERE = List.of("file", "format", "timesS");

    private Described() {}

    static Map<String, Object> of(RecordedContent content, int frames, int framesPerBlock, Provenance provenance) {
        Origin origin = Origin.computed(content.type());
        int count = Math.max(1, frames);
        int together = Math.min(count, framesPerBlock);
        Content planned = switch (content) {
            case RecordedContent.Rf rf -> new Content.Channels(origin, new Channels(rf.format(), count, together));
            case RecordedContent.Iq iq ->
                new Content.Iq(origin, new Frames(iq.grid(), iq.timing(), count, together, provenance));
            case RecordedContent.Doppler d ->
                new Content.Doppler(
                        origin,
                        DopplerFrame.wrap(
                                d.quantity(), d.grid(), new float[d.grid().size()], provenance));
        };
        Map<String, Object> description = new LinkedHashMap<>(FileInfo.of(planned));
        ELSEWHERE.forEach(description::remove);
        // Channel data have no provenance of their own; a recording does.
        FileInfo.putProvenance(description, provenance);
        return description;
    }

    private static IllegalStateException toCome() {
        return new IllegalStateException("the frames are still to come");
    }

    private record Channels(ChannelFormat format, int frames, int framesPerBlock) implements ChannelRecording {
        @Override
        public ChannelData read(int firstFrame, int count) {
            throw toCome();
        }
    }

    private record Frames(
            ImageGrid grid, IqEnsemble.Timing timing, int frames, int framesPerBlock, Provenance provenance)
            implements IqRecording {
        @Override
        public IqEnsemble read(int firstFrame, int count) {
            throw toCome();
        }
    }
}
