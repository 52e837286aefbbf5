package org.fus.examples.command;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.fus.core.run.Kernels;
import org.fus.examples.bench.DasBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "bench",
        description = {
            "Measures the engine on this machine, on one thread.",
            "Batch delay-and-sum of 128 elements, 11 plane waves, 128 x 256 pixels, boxcar F#1, 32 frames per block,"
                    + " in turn with hand-tuned AVX-512 C++ of the same work when g++ is here. Medians."
        })
final class BenchCommand implements Runnable {
    private static final int QUICK_CALLS = 7;
    private static final int CALLS = 25;

    @ParentCommand
    private RootCommand fus;

    @Option(names = "--quick", description = "7 calls instead of 25.")
    private boolean quick;

    @Override
    public void run() {
        DasBench das = DasBench.run(quick ? QUICK_CALLS : CALLS, fus.context());
        if (fus.json()) {
            fus.printJson(json(das));
        } else {
            print(das);
        }
    }

    private void print(DasBench das) {
        PrintStream out = fus.out();
        out.println(Kernels.describe() + "; Java " + Runtime.version() + "; " + System.getProperty("os.arch"));
        out.println("delay-and-sum, Java      " + milliseconds(das.javaMsPerFrame()) + ", median of " + das.calls()
                + " calls");
        OptionalDouble reference = das.nativeMsPerFrame();
        if (reference.isPresent()) {
            out.println("delay-and-sum, C++       " + milliseconds(reference.getAsDouble()));
            out.println(String.format(
                    Locale.ROOT, "speed of Java over C++   %8.2f", das.ratio().orElseThrow()));
            if (reference.getAsDouble() > DasBench.SLOWEST_YARDSTICK_MS) {
                out.println("note: the C++ took more than " + DasBench.SLOWEST_YARDSTICK_MS
                        + " ms: a slower or a busy machine, read the ratio with care");
            }
        } else {
            out.println("delay-and-sum, C++        skipped: " + das.why());
        }
        out.println("allocated beyond the image: " + das.allocatedBeyondOutputBytes() + " bytes per block");
    }

    private static String milliseconds(double ms) {
        return String.format(Locale.ROOT, "%8.2f ms per frame", ms);
    }

    private static Map<String, Object> json(DasBench das) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kernels", Kernels.describe());
        json.put("java", Runtime.version().toString());
        json.put("dasJavaMsPerFrame", das.javaMsPerFrame());
        json.put(
                "dasNativeMsPerFrame",
                das.nativeMsPerFrame().isPresent() ? das.nativeMsPerFrame().getAsDouble() : null);
        json.put("dasNativeSkipped", das.why());
        json.put("dasRatio", das.ratio().isPresent() ? das.ratio().getAsDouble() : null);
        json.put("dasAllocatedBeyondOutputBytes", das.allocatedBeyondOutputBytes());
        json.put("calls", das.calls());
        return json;
    }
}
