package org.fus.hardware.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.FusSeries;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.RfBlock;
import org.fus.core.error.FusStorageException;
import org.fus.core.probe.Probe;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.hardware.BlockContent;
import org.fus.hardware.DeviceBlock;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.program.PlanFile;
import org.fus.io.FusFiles;
import org.fus.io.bids.BidsDataset;
import org.fus.io.bids.BidsEvent;
import org.fus.io.content.Content;
import org.fus.io.content.WriteOptions;
import org.fus.io.record.BlockNotes;
import org.fus.io.record.RecordingPlan;
import org.fus.io.record.RecordingWriter;
import org.fus.io.scan.ScanMetadata;
import org.fus.io.scan.StreamingScan;
import org.fus.io.source.AtomicFile;
import org.fus.io.source.Existing;

/** The files of an acquisition while it runs, and their end. */
final class SessionOutput {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final SessionFolder files;
    private final SessionPlan plan;
    private final BlockMaps maps;
    private final RecordingWriter recording;
    private final StreamingScan scan;
    private final VolumeWriter volumes;
    private final MapWorker worker = new MapWorker();
    private long framesBefore;

    SessionOutput(
            SessionFolder files, SessionPlan plan, UploadedProgram uploaded, VolumeLayout layout, BlockMaps maps) {
        this.files = files;
        this.plan = plan;
        this.maps = maps;
        int perBlock = uploaded.group().framesPerBlock();
        long frames = plan.acquisition().scan().blocks() * perBlock;
        double blockS = perBlock / uploaded.group().sequence().frameRateHz();
        Map<String, Object> metadata = metadata(uploaded, blockS);
        double volumeS = layout.blocksAreVolumes()
                ? blockS
                : layout.poses() * plan.acquisition().visiting().blocks() * blockS;
        scan = StreamingScan.start(
                files.scan(),
                new StreamingScan.Plan(layout.shape(), layout.geometry(), volumeS, metadata),
                plan.disk());
        try {
            recording = RecordingWriter.start(
                    files.recording(),
                    RecordingPlan.of(uploaded.content().recorded(), Math.toIntExact(frames), perBlock)
                            .withMetadata(metadata),
                    plan.disk());
        } catch (RuntimeException e) {
            scan.close(); // which deletes a scan without volumes
            throw e;
        }
        volumes = new VolumeWriter(layout, scan);
    }

    private Map<String, Object> metadata(UploadedProgram uploaded, double blockS) {
        Map<String, Object> m = new LinkedHashMap<>(ScanMetadata.of(
                uploaded.format().probe(),
                uploaded.format().sequence(),
                uploaded.format().samples().samplingFrequencyHz(),
                blockS));
        m.put("subjectTag", plan.name().subject());
        m.put("sessionTag", plan.name().session());
        m.put("acquisitionMode", mode());
        m.put("sequenceName", plan.acquisition().kind().text());
        return m;
    }

    private String mode() {
        return switch (plan.acquisition().kind()) {
            case FUS_2D, ULM, B_MODE, M_MODE -> "2Dscan";
            case ANGIO_3D -> "3Dscan";
            case FUS_3D_T, MULTI_ARRAY -> "4Dscan";
            case CUSTOM_POSES -> "4DscanCustom";
            case RCA -> "4DscanRCA";
        };
    }

    /** The blocks of one visit. */
    Visit visit(int cycle, int pose) {
        return new Visit(cycle, pose, framesBefore);
    }

    void requireOk() {
        worker.requireOk();
    }

    long blocks() {
        return recording.durableBlocks();
    }

    long volumes() {
        return scan.durableVolumes();
    }

    /** One stay at one pose. Blocks come on a thread of the device, maps are made on that of the worker. */
    final class Visit {
        private final int cycle;
        private final int pose;
        private final long firstFrame;
        private final List<DopplerFrame> made = new ArrayList<>(); // of the worker alone
        private final List<Double> endsS = new ArrayList<>();

        private Visit(int cycle, int pose, long firstFrame) {
            this.cycle = cycle;
            this.pose = pose;
            this.firstFrame = firstFrame;
        }

        /** Records a block, releases it, and has its map made. */
        void take(DeviceBlock block, BlockNotes notes, double endS) {
            framesBefore = firstFrame + block.firstFrame() + block.frames();
            switch (block.content()) {
                case BlockContent.Rf rf -> {
                    recording.append(
                            RfBlock.wrap(rf.format(), firstFrame + block.firstFrame(), block.frames(), block.samples()),
                            notes);
                    worker.submit(() -> add(maps.of(block), endS), block::release);
                }
                case BlockContent.Iq _ -> {
                    IqEnsemble images = block.iq();
                    block.release();
                    recording.append(images, notes);
                    worker.submit(() -> add(maps.of(images), endS), () -> {});
                }
            }
        }

        private void add(DopplerFrame map, double endS) {
            made.add(map);
            endsS.add(endS);
        }

        /** All blocks have come. */
        void end() {
            worker.submit(() -> volumes.visit(cycle, pose, made, endsS), () -> {});
        }
    }

    /** Ends the files: the recording, the scan of the whole volumes, and the data set made of it. */
    void close(List<BidsEvent> events, Instant started) {
        Endings all = new Endings();
        worker.close();
        all.run(worker::requireOk);
        all.run(recording::close);
        all.run(() -> endScan(events));
        all.run(() -> writeBids(events, started));
        all.throwFirst();
    }

    /** The toggles of the stimulus are known at the end alone. */
    private void endScan(List<BidsEvent> events) {
        scan.close();
        List<Double> toggles = new ArrayList<>();
        for (BidsEvent e : events) {
            if (!Double.isNaN(e.durationS())) {
                toggles.add(e.onsetS());
                toggles.add(e.onsetS() + e.durationS());
            }
        }
        if (scan.durableVolumes() == 0 || toggles.isEmpty()) {
            return;
        }
        FusSeries series = series();
        Map<String, Object> metadata = new LinkedHashMap<>(series.metadata());
        metadata.put("stimulationTogglesS", toggles);
        FusFiles.write(
                files.scan(),
                Content.of(FusSeries.of(
                        series.shape(),
                        series.geometry(),
                        series.times(),
                        metadata,
                        series.provenance(),
                        series::read)),
                WriteOptions.REPLACE);
    }

    private FusSeries series() {
        return ((Content.Series) FusFiles.open(files.scan())).series();
    }

    /** Under a temporary name first, so that a data set is whole or not there. */
    private void writeBids(List<BidsEvent> events, Instant started) {
        if (scan.durableVolumes() == 0) {
            return;
        }
        Path temporary = AtomicFile.temporaryBeside(files.bids());
        try {
            BidsDataset.create(temporary, plan.name().subject())
                    .write(plan.name(), series(), events, Optional.of(started));
            Files.move(temporary, files.bids());
        } catch (IOException e) {
            throw new FusStorageException(files.bids().toString(), "write", String.valueOf(e.getMessage()), false, e);
        }
    }

    static void writeSummary(Path file, SessionReport report, SessionPlan plan) {
        try {
            Map<String, Object> all = new LinkedHashMap<>(report.toMap());
            all.put("clutter", plan.clutter().text());
            all.put("operator", plan.operator());
            Probe probe = plan.acquisition().probe();
            boolean known =
                    ProbeCatalogue.find(probe.name()).filter(probe::equals).isPresent();
            all.put(
                    "plan",
                    known
                            ? JSON.readTree(PlanFile.write(plan.acquisition()))
                            : plan.acquisition().toString());
            byte[] json = JSON.writeValueAsString(all).getBytes(StandardCharsets.UTF_8);
            AtomicFile.write(file, Existing.REFUSE, out -> out.write(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report has a JSON form", e);
        }
    }
}
