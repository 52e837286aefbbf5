package org.fus.cloud.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.fus.cloud.queue.Delivery;
import org.fus.cloud.queue.MemoryQueue;
import org.fus.cloud.queue.QueueDepth;
import org.fus.cloud.queue.StoreQueue;
import org.fus.cloud.store.AcquisitionRef;
import org.fus.cloud.store.AcquisitionStore;
import org.fus.core.data.DopplerFrame;
import org.fus.core.error.FusStorageException;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.Pipeline;
import org.fus.core.pipeline.ProcessingRecipe;
import org.fus.core.pipeline.Product;
import org.fus.core.run.RunContext;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerTest {
    private static final AcquisitionRef RAT = AcquisitionRef.parse("rat1");

    @TempDir
    private Path folder;

    private AcquisitionStore store;
    private StoreQueue queue;
    private JobClient client;

    @BeforeEach
    void fillStore() {
        store = JobFixtures.store(folder);
        queue = StoreQueue.of(store.objects(), "jobs");
        client = new JobClient(store, queue);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void job_givesTheMapThatTheChainGives_andAPicture() {
        JobHandle job = client.submit("demo", RAT, JobFixtures.RECIPE);
        assertThat(job.state().status()).isEqualTo(JobStatus.QUEUED);
        assertThat(client.backlogPerWorker()).isEqualTo(1);
        assertThat(JobFixtures.worker(store, "w1").runOne()).isTrue();
        JobState state = job.state();
        assertThat(state.status()).as(state.message()).isEqualTo(JobStatus.DONE);
        assertThat(state.percent()).isEqualTo(100);
        DopplerFrame expected =
                Pipeline.doppler(JobFixtures.ensemble(), new Clutter.Svd(2), Product.POWER, RunContext.inline());
        Content content = FusFiles.open(job.resultFolder().file(JobHandle.MAP).orElseThrow());
        assertThat(((Content.Doppler) content).map().toArray()).isEqualTo(expected.toArray());
        assertThat(job.resultFolder().file(JobHandle.PICTURE).orElseThrow().head(8))
                .startsWith(0x89, 'P', 'N', 'G');
        assertThat(job.log())
                .contains("attempt 1 by worker w1")
                .contains("rat1@1")
                .contains("result job-");
        assertThat(queue.depth()).isEqualTo(new QueueDepth(0, 0, 0));
        assertThat(JobFixtures.worker(store, "w1").runOne()).isFalse();
    }

    @Test
    void theSameJobTwice_isDoneOnce() {
        JobHandle first = client.submit("demo", RAT, JobFixtures.RECIPE);
        JobHandle second = client.submit("demo", RAT, JobFixtures.RECIPE);
        assertThat(second.id()).isEqualTo(first.id());
        Worker worker = JobFixtures.worker(store, "w1");
        assertThat(worker.runOne()).isTrue();
        assertThat(worker.runOne()).isTrue();
        assertThat(first.state().attempt()).isEqualTo(1);
        assertThat(client.submit("demo", RAT, JobFixtures.RECIPE).state().status())
                .isEqualTo(JobStatus.DONE);
        assertThat(queue.depth()).isEqualTo(new QueueDepth(0, 0, 0));
        assertThat(store.project("demo").list()).hasSize(2);
    }

    @Test
    void workerThatDied_losesItsJobToAnother() throws InterruptedException {
        JobHandle job = client.submit("demo", RAT, JobFixtures.RECIPE);
        Optional<Delivery> taken = queue.receive(Duration.ofMillis(300));
        assertThat(taken).isPresent();
        assertThat(JobFixtures.worker(store, "w2").runOne()).isFalse();
        Thread.sleep(400);
        assertThat(JobFixtures.worker(store, "w2").runOne()).isTrue();
        assertThat(job.state().status()).isEqualTo(JobStatus.DONE);
        assertThat(job.state().attempt()).isEqualTo(2);
        assertThat(queue.acknowledge(taken.orElseThrow())).isFalse();
    }

    @Test
    void jobThatKillsItsWorkers_isSetAside() throws InterruptedException {
        JobHandle job = client.submit("demo", RAT, JobFixtures.RECIPE);
        for (int i = 0; i < 3; i++) {
            assertThat(queue.receive(Duration.ofMillis(100))).isPresent();
            Thread.sleep(200);
        }
        assertThat(JobFixtures.worker(store, "w4").runOne()).isTrue();
        assertThat(job.state().status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.state().message()).contains("given up after 3 attempts").contains("died each time");
        assertThat(queue.deadLetters()).hasSize(1);
        assertThat(queue.depth()).isEqualTo(new QueueDepth(0, 0, 1));
        JobHandle again = client.submit("demo", RAT, JobFixtures.RECIPE);
        assertThat(JobFixtures.worker(store, "w5").runOne()).isTrue();
        assertThat(again.state().status()).isEqualTo(JobStatus.DONE);
    }

    @Test
    void poison_stopsNobody() {
        queue.send("{\"schema\" : \"fus-job/1\", \"project\" : \"../x\", \"job\" : \"1\"}");
        queue.send("no json");
        queue.send("{\"schema\" : \"fus-job/1\", \"project\" : \"demo\", \"job\" : \"" + "0".repeat(32) + "\"}");
        JobHandle job = client.submit("demo", RAT, JobFixtures.RECIPE);
        Worker worker = JobFixtures.worker(store, "w1");
        for (int i = 0; i < 4; i++) {
            assertThat(worker.runOne()).isTrue();
        }
        assertThat(job.state().status()).isEqualTo(JobStatus.DONE);
        assertThat(queue.deadLetters()).hasSize(3);
    }

    @Test
    void whatCannotBeDone_failsAtOnce_andSaysWhy() {
        JobHandle tooMuch = client.submit("demo", RAT, new JobRecipe.FromImages(new Clutter.Svd(99), Product.POWER));
        JobHandle unfit = client.submit(
                "demo", RAT, new JobRecipe.FromChannels(ProcessingRecipe.of(JobFixtures.GRID, Product.POWER)));
        Worker worker = JobFixtures.worker(store, "w1");
        worker.runOne();
        worker.runOne();
        assertThat(tooMuch.state().status()).isEqualTo(JobStatus.FAILED);
        assertThat(tooMuch.state().message()).contains("16");
        assertThat(unfit.state().status()).isEqualTo(JobStatus.FAILED);
        assertThat(unfit.state().message()).contains("expected channel-data, got iq");
        assertThat(unfit.log()).contains("failed: ");
        assertThatThrownBy(unfit::resultFolder).isInstanceOf(FusStorageException.class);
        assertThat(worker.runOne()).isFalse();
    }

    @Test
    void whatMayPass_isTriedAgain_thenGivenUp() {
        JobHandle job = client.submit("demo", RAT, JobFixtures.RECIPE);
        AtomicInteger tries = new AtomicInteger();
        RunContext broken = RunContext.inline().withProgress((stage, done, total) -> {
            tries.incrementAndGet();
            throw new IllegalStateException("the machine has a bad day");
        });
        Worker worker = new Worker(
                store, queue, WorkerOptions.of("w1").withTimes(Duration.ofSeconds(2), Duration.ZERO), broken);
        worker.runOne();
        assertThat(job.state().status()).isEqualTo(JobStatus.QUEUED);
        assertThat(job.state().message()).contains("attempt 1 failed").contains("bad day");
        worker.runOne();
        worker.runOne();
        assertThat(tries).hasValue(3);
        assertThat(job.state().status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.state().message()).contains("given up after 3 attempts");
        assertThat(queue.deadLetters()).hasSize(1);
        assertThat(worker.runOne()).isFalse();
    }

    @Test
    void cancelledBeforeItBegan_isNeverBegun() {
        JobHandle job = client.submit("demo", RAT, JobFixtures.RECIPE);
        assertThat(job.cancel().status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(JobFixtures.worker(store, "w1").runOne()).isTrue();
        assertThat(job.state().status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(job.state().attempt()).isZero();
        assertThat(store.project("demo").list()).hasSize(1);
        client.submit("demo", RAT, JobFixtures.RECIPE);
        assertThat(JobFixtures.worker(store, "w1").runOne()).isTrue();
        assertThat(job.state().status()).isEqualTo(JobStatus.DONE);
        assertThat(job.cancel().status()).isEqualTo(JobStatus.DONE);
    }

    @Test
    void cancelledWhileItRuns_stops() throws InterruptedException {
        JobHandle job = client.submit("demo", RAT, JobFixtures.RECIPE);
        Held held = new Held(WorkerOptions.of("w1").withTimes(Duration.ofSeconds(1), Duration.ZERO));
        held.begun.await();
        job.cancel();
        held.letGoAfterCancel();
        held.worker.drain();
        assertThat(job.state().status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(store.project("demo").list()).hasSize(1);
        assertThat(queue.depth()).isEqualTo(new QueueDepth(0, 0, 0));
    }

    @Test
    void workerThatIsClosed_givesItsJobBack_andOneThatDrainsFinishesIt() throws InterruptedException {
        JobHandle job = client.submit("demo", RAT, JobFixtures.RECIPE);
        Held held = new Held(WorkerOptions.of("w1"));
        held.begun.await();
        assertThat(client.workers()).containsExactly("w1");
        Thread closing = Thread.ofVirtual().start(held.worker::close);
        while (!held.worker.isStopping()) {
            Thread.sleep(10);
        }
        held.release.countDown();
        closing.join();
        assertThat(job.state().status()).isEqualTo(JobStatus.QUEUED);
        assertThat(job.state().message()).contains("stopped");
        assertThat(client.workers()).isEmpty();

        Held next = new Held(WorkerOptions.of("w2"));
        next.begun.await();
        Thread draining = Thread.ofVirtual().start(next.worker::drain);
        next.release.countDown();
        draining.join();
        assertThat(job.state().status()).isEqualTo(JobStatus.DONE);
        assertThat(job.state().worker()).isEqualTo("w2");
    }

    @Test
    void answers_tellOfEveryEnd() {
        MemoryQueue answers = new MemoryQueue();
        JobHandle job = client.submit("demo", RAT, JobFixtures.RECIPE);
        new Worker(store, queue, WorkerOptions.of("w1").withAnswers(answers), RunContext.inline()).runOne();
        assertThat(answers.receive(Duration.ofMinutes(1)).orElseThrow().body())
                .contains(job.id())
                .contains("DONE");
    }

    @Test
    void damagedRecords_areSetAside() throws IOException {
        JobHandle job = client.submit("demo", RAT, JobFixtures.RECIPE);
        Path request = folder.resolve("store/projects/demo/jobs/" + job.id() + "/request.json");
        Files.writeString(request, Files.readString(request).replace("svd:2", "svd:3"));
        JobFixtures.worker(store, "w1").runOne();
        assertThat(queue.deadLetters())
                .singleElement()
                .satisfies(d -> assertThat(d.reason()).contains("not the one of its name"));
        assertThat(client.list("demo")).isEmpty();
        assertThatThrownBy(() -> client.handle("demo", job.id())).hasMessageContaining("no job");
    }

    /** A started worker that stands still in the middle of its job until it is let go. */
    private final class Held {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);
        final Worker worker;

        Held(WorkerOptions options) {
            worker = new Worker(store, queue, options, RunContext.inline().withProgress((stage, done, total) -> {
                begun.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
            worker.start();
        }

        /** The heartbeat looks every third of the visibility. */
        void letGoAfterCancel() throws InterruptedException {
            Thread.sleep(1000);
            release.countDown();
        }
    }
}
