package org.fus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.PixelGrid;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobCommandTest {
    @TempDir
    private Path folder;

    /** From a folder with a recording to a store, a job done by a worker in another process, and its picture in the page. */
    @Test
    void threeCommands_fromARecordingToAPictureInThePage() throws Exception {
        Path lab = folder.resolve("lab");
        assertThat(CliRun.of("acquire", "--device", "sim:icoprime?seed=5", "--frames", "8", "--out", lab.toString())
                        .code())
                .isZero();
        String store = folder.resolve("store").toString();

        CliRun imported = CliRun.of(
                "store",
                "import",
                lab.resolve("recording.zarr").toString(),
                "--init",
                "--as",
                "rat1",
                "--store",
                store);
        assertThat(imported.err()).isEmpty();
        CliRun submitted = CliRun.of(
                "job", "submit", "rat1", "--clutter", "svd:2", "--grid", "-3:3:31,4:9:26", "--store", store, "--json");
        assertThat(submitted.err()).isEmpty();
        String id = submitted.out().replaceAll("(?s).*\"job\" : \"([0-9a-f]+)\".*", "$1");
        Process page = start("job", "serve", "--port", "0", "--store", store, "--until-input-ends");
        try (HttpClient browser = HttpClient.newHttpClient();
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(page.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            assertThat(line).contains("http://127.0.0.1:").contains("with 1 workers");
            URI uri = URI.create(line.replaceAll(".*(http://\\S+).*", "$1"));
            String live = "";
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
            while (!live.contains("\"done\"") && !live.contains("\"failed\"") && System.nanoTime() < deadline) {
                Thread.sleep(200);
                live = get(browser, uri.resolve("/live"), HttpResponse.BodyHandlers.ofString());
            }
            assertThat(live).contains("\"done\"").contains(id);
            assertThat(get(browser, uri, HttpResponse.BodyHandlers.ofString())).contains("src=\"/picture/" + id);
            assertThat(get(browser, uri.resolve("/picture/" + id), HttpResponse.BodyHandlers.ofByteArray()))
                    .startsWith(0x89, 'P', 'N', 'G');
        } finally {
            page.getOutputStream().close();
            assertThat(page.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        CliRun status = CliRun.of("job", "status", id.substring(0, 6), "--store", store);
        assertThat(status.out())
                .contains("done")
                .contains("by worker worker-" + page.pid())
                .contains("job-" + id);

        // The same chain on this machine gives the same values.
        Path local = folder.resolve("local.npy");
        assertThat(CliRun.of(
                                "process",
                                lab.resolve("recording.zarr").toString(),
                                "--clutter",
                                "svd:2",
                                "--grid",
                                "-3:3:31,4:9:26",
                                "--out",
                                local.toString())
                        .code())
                .isZero();
        Path back = folder.resolve("map.npy");
        CliRun.of("store", "get", "job-" + id, "map.npy", "--store", store, "--out", back.toString());
        assertThat(back).hasSameBinaryContentAs(local);
    }

    @Test
    void imagesInAStore_submitWorkWait() throws IOException {
        String store = storeWithImages();
        CliRun submitted = CliRun.of("job", "submit", "iq", "--clutter", "svd:1", "--store", store);
        assertThat(submitted.err()).isEmpty();
        assertThat(submitted.out()).contains("queued").contains("iq@1").contains("power, svd:1");
        assertThat(CliRun.of("job", "status", "--store", store, "--json").out())
                .contains("\"waiting\" : 1")
                .contains("\"backlogPerWorker\" : 1.0");
        CliRun worked = CliRun.of("job", "worker", "--until-empty", "--store", store, "--name", "w1");
        assertThat(worked.out()).contains("w1: 1 jobs");
        Path out = folder.resolve("result");
        CliRun again = CliRun.of(
                "job", "submit", "iq", "--clutter", "svd:1", "--wait", "--out", out.toString(), "--store", store);
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("done");
        assertThat(out.resolve("map.npy")).exists();
        assertThat(out.resolve("picture.png")).exists();
    }

    @Test
    void errors_areOneLine() throws IOException {
        String store = storeWithImages();
        CliRun tooMuch = CliRun.of("job", "submit", "iq", "--clutter", "svd:99", "--store", store);
        assertThat(tooMuch.code()).isEqualTo(2);
        assertThat(tooMuch.errLines()).singleElement().asString().contains("svd:99 does not fit 4 frames");
        CliRun grid = CliRun.of("job", "submit", "iq", "--grid", "-1:1:5,2:4:5", "--clutter", "none", "--store", store);
        assertThat(grid.errLines()).singleElement().asString().contains("options of the beamformer have no meaning");
        CliRun unknown = CliRun.of("job", "status", "abc", "--store", store);
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.errLines()).singleElement().asString().contains("no job abc");
        CliRun open = CliRun.of("job", "serve", "--address", "0.0.0.0", "--store", store);
        assertThat(open.code()).isEqualTo(2);
        assertThat(open.errLines()).singleElement().asString().contains("token");
        CliRun.of("job", "submit", "iq", "--clutter", "none", "--store", store);
        String id = CliRun.of("job", "status", "--store", store, "--json")
                .out()
                .replaceAll("(?s).*\"job\" : \"([0-9a-f]+)\".*", "$1");
        assertThat(CliRun.of("job", "cancel", id, "--store", store).out()).contains("cancelled");
    }

    private String storeWithImages() throws IOException {
        PixelGrid grid = PixelGrid.xz(-1e-3, 1e-3, 5, 2e-3, 4e-3, 4);
        float[][] frames = new float[4][2 * grid.size()];
        for (int f = 0; f < 4; f++) {
            for (int i = 0; i < frames[f].length; i++) {
                frames[f][i] = (float) Math.sin(1 + f * 7.3 + i * 1.7);
            }
        }
        Path iq = Files.createDirectories(folder.resolve("in")).resolve("iq.npy");
        FusFiles.write(
                iq,
                Content.of(IqEnsemble.copyOf(grid, new IqEnsemble.Timing(500, 15e6, 1540), frames, Provenance.none())));
        String store = folder.resolve("store").toString();
        // The description stands beside the values, so the folder is what is imported.
        CliRun imported =
                CliRun.of("store", "import", iq.getParent().toString(), "--init", "--as", "iq", "--store", store);
        assertThat(imported.err()).isEmpty();
        return store;
    }

    private static <T> T get(HttpClient browser, URI uri, HttpResponse.BodyHandler<T> body) throws Exception {
        HttpResponse<T> reply = browser.send(HttpRequest.newBuilder(uri).build(), body);
        assertThat(reply.statusCode()).isEqualTo(200);
        return reply.body();
    }

    private static Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Fus.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
