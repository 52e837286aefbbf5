package org.fus.examples.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.FusSeries;
import org.fus.core.render.Figure;
import org.fus.examples.quickstart.Quickstart;
import org.fus.examples.quickstart.QuickstartOptions;
import org.fus.examples.quickstart.TruthCheck;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.WriteOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "quickstart",
        description = {
            "Simulates an acquisition, processes it, and measures the maps against the truth of the phantom.",
            "11 plane waves, 200 frames of a 15.6 MHz probe over moving tissue with two vessels of opposite flow."
                    + " Exit code 1 when a check fails."
        })
final class QuickstartCommand implements Callable<Integer> {
    /** Velocities are drawn where the power is at most this far below its maximum. */
    private static final double DRAWN_DB = 15;

    @ParentCommand
    private RootCommand fus;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the .scan file and the pictures, made when missing. Default: fus-quickstart.")
    private Path out = Path.of("fus-quickstart");

    @Option(names = "--seed", paramLabel = "N", description = "Everything random follows from it. Default: 1.")
    private long seed = QuickstartOptions.DEFAULT.seed();

    @Option(
            names = "--flow-mm-s",
            paramLabel = "V",
            description = "Mean speed of the blood, mm/s; negative reverses it, 0 stops it. Default: 5.")
    private double flowMmS = QuickstartOptions.DEFAULT.flowMPerS() * 1e3;

    @Option(names = "--vessel-depth-mm", paramLabel = "Z", description = "Depth of the vessels, mm. Default: 6.5.")
    private double vesselDepthMm = QuickstartOptions.DEFAULT.vesselDepthM() * 1e3;

    @Option(
            names = "--svd",
            paramLabel = "N",
            description = "Singular components that the clutter filter removes. Default: ${DEFAULT-VALUE}.")
    private int removed = QuickstartOptions.DEFAULT.removedComponents();

    @Override
    public Integer call() {
        QuickstartOptions options = new QuickstartOptions(seed, flowMmS * 1e-3, vesselDepthMm * 1e-3, removed);
        makeFolder();
        long startNs = System.nanoTime();
        Quickstart result = Quickstart.run(options, fus.context());
        List<Path> files = write(result);
        double seconds = (System.nanoTime() - startNs) * 1e-9;
        result.warnings().forEach(w -> fus.err().println("fus: warning: " + w));
        if (fus.json()) {
            fus.printJson(json(options, result, files, seconds));
        } else {
            print(result, files, seconds);
        }
        return result.passed() ? 0 : 1;
    }

    private void makeFolder() {
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw new UncheckedIOException(out + ": cannot make this folder; choose another with --out", e);
        }
    }

    private List<Path> write(Quickstart result) {
        List<Path> files = new ArrayList<>();
        DopplerFrame power = result.power();
        FusSeries series = FusSeries.ofFrames(List.of(power), List.of(0.4), Map.of());
        files.add(out.resolve("power-doppler.scan"));
        FusFiles.write(files.getLast(), Content.of(series), WriteOptions.REPLACE);
        files.add(picture("b-mode.png", Figure.of(result.bmode())));
        files.add(picture("power-doppler.png", Figure.of(power)));
        files.add(picture("color-doppler.png", Figure.of(result.velocity()).over(result.bmode(), power, DRAWN_DB)));
        return files;
    }

    private Path picture(String name, Figure figure) {
        Path file = out.resolve(name);
        FusFiles.writeBytes(file, figure.toPng());
        return file;
    }

    private void print(Quickstart result, List<Path> files, double seconds) {
        fus.out()
                .println(String.format(
                        Locale.ROOT,
                        "%-55s %10s %-9s %10s %-5s %s",
                        "check",
                        "expected",
                        "",
                        "measured",
                        "unit",
                        "pass"));
        for (TruthCheck c : result.checks()) {
            fus.out()
                    .println(String.format(
                            Locale.ROOT,
                            "%-55s %10.3f %-9s %10.3f %-5s %s",
                            c.name(),
                            c.expected(),
                            c.tolerance(),
                            c.measured(),
                            c.unit(),
                            c.pass() ? "yes" : "NO"));
        }
        files.forEach(f -> fus.out().println("wrote " + f));
        fus.out().println(String.format(Locale.ROOT, "%.1f s", seconds));
    }

    private static Map<String, Object> json(
            QuickstartOptions options, Quickstart result, List<Path> files, double seconds) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("seed", options.seed());
        json.put("flowMPerS", options.flowMPerS());
        json.put("vesselDepthM", options.vesselDepthM());
        json.put("clutter", "svd:" + options.removedComponents());
        json.put("passed", result.passed());
        json.put("checks", result.checks());
        json.put("warnings", result.warnings());
        json.put("files", files.stream().map(Path::toString).toList());
        json.put("seconds", seconds);
        return json;
    }
}
