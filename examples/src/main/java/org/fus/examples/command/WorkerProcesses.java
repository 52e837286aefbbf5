package org.fus.examples.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fus.core.error.FusException;
import org.fus.examples.Fus;

/** Workers in processes of their own, which end when this one does, in whatever way: their input then ends. */
final class WorkerProcesses implements AutoCloseable {
    private static final int STOP_S = 10;

    private final List<Process> processes = new ArrayList<>();

    private WorkerProcesses() {}

    static WorkerProcesses start(String store, int count) {
        WorkerProcesses all = new WorkerProcesses();
        try {
            for (int i = 0; i < count; i++) {
                all.processes.add(
                        start(store, "worker-" + ProcessHandle.current().pid() + "-" + i));
            }
            return all;
        } catch (IOException e) {
            all.close();
            throw new FusException("a worker process cannot be started: " + e.getMessage(), e);
        }
    }

    int count() {
        return processes.size();
    }

    private static Process start(String store, String name) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Fus.class.getName(),
                        "job",
                        "worker",
                        "--quiet",
                        "--store",
                        store,
                        "--name",
                        name,
                        "--until-input-ends"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Override
    public void close() {
        for (Process process : processes) {
            try {
                process.getOutputStream().close();
            } catch (IOException e) {
                process.destroy(); // it cannot be told, so it is asked the other way
            }
        }
        for (Process process : processes) {
            try {
                if (!process.waitFor(STOP_S, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroy();
                Thread.currentThread().interrupt();
            }
        }
    }
}
