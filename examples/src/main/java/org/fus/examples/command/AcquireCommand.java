package org.fus.examples.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.FiringGroup;
import org.fus.hardware.Acquisition;
import org.fus.hardware.BlockContent;
import org.fus.hardware.Devices;
import org.fus.hardware.RunOptions;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.safety.AuditLog;
import org.fus.hardware.safety.SafetyMonitor;
import org.fus.io.record.BlockNotes;
import org.fus.io.record.RecordingPlan;
import org.fus.io.record.RecordingWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Records raw blocks of a device under the safety monitor. */
@Command(
        name = "acquire",
        description = {
            "Runs an acquisition. With --plan: motors, blocks, triggers, volumes and events; writes recording.zarr,",
            "volumes.scan, bids, triggers.tsv, audit.tsv, session.json. Without: the device's usual program; writes",
            "recording.zarr and audit.tsv. The safety monitor checks before the start and watches the run. What was",
            "recorded before a fault stays."
        })
final class AcquireCommand implements Runnable {
    @ParentCommand
    private RootCommand fus;

    @Option(
            names = "--device",
            paramLabel = "URI",
            description = "The device; 'fus devices' lists what there is. Default: a simulated scanner.")
    private URI uri;

    @Mixin
    private PlannedAcquisition planned;

    @Option(names = "--frames", paramLabel = "N", description = "Compounded frames. Default: the program's.")
    private Integer frames;

    @Option(
            names = "--frames-per-block",
            paramLabel = "N",
            description = "Frames in each block. Default: the program's.")
    private Integer framesPerBlock;

    @Option(names = "--voltage", paramLabel = "V", description = "High voltage, volts. Default: as the device has it.")
    private Double voltageV;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder; made when it is not there.")
    private Path out;

    @Override
    public void run() {
        if (planned.isAsked()) {
            if (frames != null || framesPerBlock != null) {
                throw new IllegalArgumentException(
                        "--frames and --frames-per-block belong to an acquisition without --plan; write them into the"
                                + " plan");
            }
            planned.run(fus, uri, voltageV, out);
            return;
        }
        planned.withoutPlan().ifPresent(option -> {
            throw new IllegalArgumentException(option + " needs --plan");
        });
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (UltrasoundDevice device = Devices.open(uri == null ? URI.create("sim:icoprime") : uri);
                AuditLog audit = AuditLog.to(out.resolve("audit.tsv"));
                SafetyMonitor monitor =
                        SafetyMonitor.of(device).disk(out).audit(audit).watch()) {
            if (voltageV != null) {
                monitor.setOutput(
                        monitor.output().withVoltageV(voltageV), System.getProperty("user.name", "user"), "--voltage");
            }
            record(device, monitor);
        }
    }

    private void record(UltrasoundDevice device, SafetyMonitor monitor) {
        FiringGroup usual = device.defaultProgram().groups().getFirst();
        int count = frames == null ? usual.schedule().repetitions() : frames;
        int perBlock = Math.min(count, framesPerBlock == null ? usual.framesPerBlock() : framesPerBlock);
        AcquisitionProgram program = new AcquisitionProgram(usual.sequence(), usual.receive(), count, perBlock);
        UploadedProgram uploaded = device.upload(program, device.probe());
        Path store = out.resolve("recording.zarr");
        Acquisition run;
        try (RecordingWriter writer =
                RecordingWriter.start(store, RecordingPlan.of(uploaded.content().recorded(), count, perBlock))) {
            run = monitor.start(uploaded, RunOptions.DEFAULTS, block -> {
                switch (block.content()) {
                    case BlockContent.Rf _ -> writer.append(block.rf());
                    case BlockContent.Iq _ -> writer.append(block.iq(), BlockNotes.NONE);
                }
                block.release();
            });
            run.await();
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("recording", store.toString());
        result.put("frames", run.framesDelivered());
        result.put("blocksLost", run.blocksLost());
        result.put(
                "output",
                monitor.preflight(program, device.probe()).output().getFirst().toString());
        result.put("warnings", run.warnings());
        if (fus.json()) {
            fus.printJson(result);
        } else {
            result.forEach((name, value) -> fus.out().println(name + ": " + value));
        }
    }
}
