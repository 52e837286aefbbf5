package org.fus.cloud.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.fus.cloud.queue.QueueDepth;
import org.fus.cloud.queue.StoreQueue;
import org.fus.cloud.store.AcquisitionRef;
import org.fus.cloud.store.AcquisitionStore;
import org.fus.cloud.store.AcquisitionSummary;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.Pipeline;
import org.fus.core.pipeline.Product;
import org.fus.core.run.RunContext;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worker processes that are killed at random while they work: 50 jobs, 500 with {@code -Pfull}. */
class KilledWorkersTest {
    private static final int JOBS = Boolean.getBoolean("fus.full") ? 500 : 50;
    private static final int WORKERS = 2;
    private static final int FILTERS = 13;
    private static final List<String> PRODUCTS = List.of("power", "color", "bmode", "signed");

    @TempDir
    private Path folder;

    @Test
    void everyResult_isThereOnce() throws Exception {
        try (AcquisitionStore store = JobFixtures.store(folder)) {
            StoreQueue queue = StoreQueue.of(store.objects(), "jobs");
            JobClient client = new JobClient(store, queue);
            List<JobHandle> jobs = new ArrayList<>();
            for (int i = 0; i < JOBS; i++) {
                jobs.add(client.submit("demo", AcquisitionRef.parse("rat1"), recipe(i)));
            }
            assertThat(jobs.stream().map(JobHandle::id).distinct()).hasSize(JOBS);
            int kills = workUntilDone(jobs, new Random(7));
            assertThat(kills).isGreaterThan(1);
            IqEnsemble input = JobFixtures.ensemble();
            for (int i = 0; i < JOBS; i++) {
                JobState state = jobs.get(i).state();
                assertThat(state.status()).as(state.message()).isEqualTo(JobStatus.DONE);
                JobRecipe.FromImages recipe = (JobRecipe.FromImages) recipe(i);
                DopplerFrame expected =
                        Pipeline.doppler(input, recipe.clutter(), recipe.product(), RunContext.inline());
                Content got = FusFiles.open(
                        jobs.get(i).resultFolder().file(JobHandle.MAP).orElseThrow());
                assertThat(((Content.Doppler) got).map().toArray()).isEqualTo(expected.toArray());
            }
            List<AcquisitionSummary> all = store.project("demo").list();
            assertThat(all).hasSize(1 + JOBS);
            assertThat(all).allSatisfy(a -> assertThat(a.versions()).containsExactly(1));
            assertThat(store.project("demo")
                            .verify(List.of(), RunContext.inline())
                            .problems())
                    .isEmpty();
            drain(store, queue);
        }
    }

    /** What a worker had not yet acknowledged when it was killed comes back, is found done, and goes. */
    private static void drain(AcquisitionStore store, StoreQueue queue) throws InterruptedException {
        Worker last = JobFixtures.worker(store, "last");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!queue.depth().equals(new QueueDepth(0, 0, 0)) && System.nanoTime() < deadline) {
            if (!last.runOne()) {
                Thread.sleep(200);
            }
        }
        assertThat(queue.depth()).isEqualTo(new QueueDepth(0, 0, 0));
    }

    private int workUntilDone(List<JobHandle> jobs, Random random) throws Exception {
        List<Process> workers = new ArrayList<>();
        int kills = 0;
        try {
            for (int i = 0; i < WORKERS; i++) {
                workers.add(start(i));
            }
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120 + 2L * jobs.size());
            while (jobs.stream().anyMatch(j -> !j.state().status().isFinal()) && System.nanoTime() < deadline) {
                Thread.sleep(800 + random.nextInt(1200));
                int victim = random.nextInt(WORKERS);
                workers.get(victim).destroyForcibly().waitFor();
                workers.set(victim, start(victim));
                kills++;
            }
            return kills;
        } finally {
            workers.forEach(Process::destroyForcibly);
            for (Process worker : workers) {
                worker.waitFor();
            }
        }
    }

    private static JobRecipe recipe(int number) {
        Clutter clutter = number < FILTERS * PRODUCTS.size()
                ? new Clutter.Svd(number % FILTERS)
                : Clutter.parse("butterworth:" + (1 + number) / 4.0);
        return new JobRecipe.FromImages(clutter, Product.parse(PRODUCTS.get(number / FILTERS % PRODUCTS.size())));
    }

    private Process start(int number) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--add-modules",
                        "jdk.incubator.vector", // the same kernels as here, hence the same bits
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkerMain.class.getName(),
                        folder.resolve("store").toString(),
                        "w" + number)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Another process that works until it is killed; being killed counts as an attempt, so many are allowed. */
    static final class WorkerMain {
        private WorkerMain() {}

        public static void main(String[] args) throws InterruptedException {
            AcquisitionStore store = AcquisitionStore.open(Path.of(args[0]));
            WorkerOptions options =
                    new WorkerOptions(args[1], Duration.ofSeconds(3), 1000, Duration.ZERO, Optional.empty());
            new Worker(store, StoreQueue.of(store.objects(), "jobs"), options, RunContext.inline()).start();
            Thread.sleep(Duration.ofHours(1));
        }
    }
}
