package org.fus.examples.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fus.core.error.FusDeviceException;
import org.fus.core.geometry.ImageGrid;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.Demodulation;
import org.fus.core.pipeline.ProcessingRecipe;
import org.fus.core.pipeline.Product;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.FiringGroup;
import org.fus.hardware.BlockContent;
import org.fus.hardware.Devices;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.live.BlockStore;
import org.fus.hardware.live.DeviceStatus;
import org.fus.hardware.live.LiveFigures;
import org.fus.hardware.live.LiveOptions;
import org.fus.hardware.live.LivePipeline;
import org.fus.hardware.live.LiveView;
import org.fus.hardware.safety.AuditLog;
import org.fus.hardware.safety.SafetyMonitor;
import org.fus.io.record.RecordingPlan;
import org.fus.io.record.RecordingWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Shows a device's images while it acquires. */
@Command(
        name = "live",
        description = {
            "Runs a device's usual program and makes power Doppler, colour and B-mode while its blocks come.",
            "Shows latency, gaps and drops; on request records every block, writes pictures, CBV change and time"
                    + " courses."
        })
final class LiveCommand implements Runnable {
    /** A panel of the engine, of which the last frames cost as much as all; 15.6 previews per second at the usual rate. */
    private static final int MOST_FRAMES_PER_BLOCK = 32;

    /** So that the first maps are not seconds late. */
    private static final int WARM_UP_ENSEMBLES = 3;

    @ParentCommand
    private RootCommand fus;

    @Option(
            names = "--device",
            paramLabel = "URI",
            defaultValue = "sim:icoprime?tier=image",
            description = "The device; 'fus devices' lists what there is. Default: ${DEFAULT-VALUE}")
    private URI uri;

    @Option(
            names = "--ensemble",
            paramLabel = "N",
            defaultValue = "192",
            description = "Frames of one Doppler map; multiples of 32 are fastest. Default: ${DEFAULT-VALUE}")
    private int ensemble;

    @Option(names = "--maps", paramLabel = "N", description = "Ensembles in all. Default: as the program has frames.")
    private Integer maps;

    @Option(
            names = "--grid",
            paramLabel = "X0:X1:NX,Z0:Z1:NZ",
            converter = GridConverter.class,
            description = "Where to look, in mm; " + DefaultGrid.DESCRIPTION + ". Not for devices that make images.")
    private Optional<PixelGrid> grid;

    @Option(
            names = "--clutter",
            paramLabel = "FILTER",
            converter = ClutterConverter.class,
            defaultValue = "svd:40",
            description = "What removes tissue: " + Clutter.FORMS + ". Default: ${DEFAULT-VALUE}")
    private Clutter clutter;

    @Option(names = "--voltage", paramLabel = "V", description = "High voltage, volts. Default: as the device has it.")
    private Double voltageV;

    @Option(
            names = "--record",
            paramLabel = "DIR",
            description = "Records every block: DIR/recording.zarr, DIR/audit.tsv; the folder is made.")
    private Path record;

    @Mixin
    private LiveOutputs outputs;

    @Override
    public void run() {
        outputs.requireSense();
        if (ensemble < 1 || (maps != null && maps < 1)) {
            throw new IllegalArgumentException("--ensemble " + ensemble + ", --maps " + maps + ": expected at least 1");
        }
        makeFolders();
        try (UltrasoundDevice device = Devices.open(uri);
                AuditLog audit = record == null ? AuditLog.inMemory() : AuditLog.to(record.resolve("audit.tsv"))) {
            SafetyMonitor.Builder watch = SafetyMonitor.of(device).audit(audit);
            if (record != null) {
                watch.disk(record);
            }
            try (SafetyMonitor monitor = watch.watch()) {
                if (voltageV != null) {
                    monitor.setOutput(
                            monitor.output().withVoltageV(voltageV),
                            System.getProperty("user.name", "user"),
                            "--voltage");
                }
                show(device, monitor);
            }
        }
    }

    private void makeFolders() {
        try {
            for (Path folder : outputs.folders(record)) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void show(UltrasoundDevice device, SafetyMonitor monitor) {
        UploadedProgram program = device.upload(program(device), device.probe());
        ProcessingRecipe recipe = recipe(program);
        LiveOptions options =
                LiveOptions.of(program, ensemble).withViews(LiveView.BMODE, LiveView.color(recipe.clutter()));
        if (record == null) {
            watch(device, monitor, LivePipeline.of(program, recipe, options));
            return;
        }
        RecordingPlan plan = RecordingPlan.of(
                program.content().recorded(), program.frames(), program.group().framesPerBlock());
        try (RecordingWriter writer = RecordingWriter.start(record.resolve("recording.zarr"), plan)) {
            watch(device, monitor, LivePipeline.of(program, recipe, options).record(BlockStore.to(writer)));
        }
    }

    private void watch(UltrasoundDevice device, SafetyMonitor monitor, LivePipeline.Builder builder) {
        try (LivePipeline live = builder.context(fus.context()).open()) {
            LiveOutputs.Shown shown = outputs.subscribe(live, device, fus);
            live.warmUp(WARM_UP_ENSEMBLES);
            live.start(monitor::start);
            try {
                live.await();
            } catch (FusDeviceException e) {
                shown.finish();
                live.figures().lines().forEach(fus.err()::println);
                throw e;
            }
            shown.finish();
            report(device, live, shown);
        }
    }

    private AcquisitionProgram program(UltrasoundDevice device) {
        FiringGroup usual = device.defaultProgram().groups().getFirst();
        int frames = maps == null
                ? Math.max(1, usual.schedule().repetitions() / ensemble) * ensemble
                : Math.multiplyExact(maps, ensemble);
        int perBlock = Math.min(MOST_FRAMES_PER_BLOCK, ensemble);
        while (ensemble % perBlock != 0) {
            perBlock--;
        }
        return new AcquisitionProgram(usual.sequence(), usual.receive(), frames, perBlock);
    }

    private ProcessingRecipe recipe(UploadedProgram program) {
        ImageGrid where = switch (program.content()) {
            case BlockContent.Rf rf -> grid.orElseGet(() -> DefaultGrid.of(rf.format()));
            case BlockContent.Iq iq -> {
                if (grid.isPresent()) {
                    throw new IllegalArgumentException(
                            "--grid: this device makes images on a grid of its own; leave it out");
                }
                yield iq.grid();
            }
        };
        return ProcessingRecipe.of(where.cartesian(), Product.POWER)
                .withDemodulation(new Demodulation.Fir(2))
                .withClutter(clutter);
    }

    private void report(UltrasoundDevice device, LivePipeline live, LiveOutputs.Shown shown) {
        fus.clearProgress();
        LiveFigures figures = live.figures();
        List<String> warnings = new ArrayList<>(live.run().orElseThrow().warnings());
        if (fus.json()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("device", uri.toString());
            json.put("deviceStatus", DeviceStatus.of(device).toString());
            json.putAll(LiveJson.of(figures));
            json.put("files", shown.files().stream().map(Path::toString).toList());
            json.put(
                    "recording",
                    record == null ? null : record.resolve("recording.zarr").toString());
            json.put("warnings", warnings);
            fus.printJson(json);
        } else {
            figures.lines().forEach(fus.out()::println);
            shown.lines().forEach(fus.out()::println);
            fus.out().println("device: " + DeviceStatus.of(device));
            warnings.forEach(line -> fus.out().println("warning: " + line));
        }
    }
}
