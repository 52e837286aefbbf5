package org.fus.cloud.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fus.cloud.job.JobClient;
import org.fus.cloud.job.JobHandle;
import org.fus.cloud.job.JobRecipe;
import org.fus.cloud.job.JobStatus;
import org.fus.cloud.job.Worker;
import org.fus.cloud.job.WorkerOptions;
import org.fus.cloud.queue.StoreQueue;
import org.fus.cloud.store.AcquisitionRef;
import org.fus.cloud.store.AcquisitionStore;
import org.fus.cloud.store.ImportOptions;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.Product;
import org.fus.core.run.RunContext;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobPageTest {
    private static final String TOKEN = "a-token-of-25-characters!";
    private static final RecipeMaker RECIPES =
            (input, product, clutter) -> new JobRecipe.FromImages(clutter.orElse(new Clutter.Svd(1)), product);

    @TempDir
    private Path folder;

    private AcquisitionStore store;
    private StoreQueue queue;
    private JobClient client;
    private JobPage page;
    private final HttpClient browser = HttpClient.newHttpClient();

    @BeforeEach
    void startPage() throws IOException {
        store = AcquisitionStore.create(folder.resolve("store"));
        PixelGrid grid = PixelGrid.xz(-1e-3, 1e-3, 5, 2e-3, 4e-3, 4);
        IqEnsemble iq = IqEnsemble.copyOf(
                grid, new IqEnsemble.Timing(500, 15e6, 1540), new float[4][2 * grid.size()], Provenance.none());
        Path source = Files.createDirectory(folder.resolve("in"));
        FusFiles.write(source.resolve("iq.npy"), Content.of(iq));
        store.project("demo").importFrom(source, "rat1", ImportOptions.DEFAULTS, RunContext.inline());
        queue = StoreQueue.of(store.objects(), "jobs");
        client = new JobClient(store, queue);
        page = JobPage.start(store, "demo", client, RECIPES, JobPageOptions.local());
    }

    @AfterEach
    void stopPage() {
        page.close();
        browser.close();
        store.close();
    }

    @Test
    void overview_hasTheHeaders_andNoScriptOfAnybody() throws Exception {
        HttpResponse<String> reply = get("/");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(v -> assertThat(v)
                        .contains("default-src 'none'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe"));
        assertThat(reply.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(reply.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(reply.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(reply.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(reply.body())
                .contains("rat1")
                .contains("no worker")
                .doesNotContain("style=")
                .doesNotContain("onclick");
        assertThat(page.uri().getHost()).isEqualTo("127.0.0.1");
        assertThat(get("/page.css").body()).contains(":focus-visible");
        assertThat(get("/page.js").headers().firstValue("Content-Type").orElseThrow())
                .contains("javascript");
    }

    @Test
    void submitWorkAndSee() throws Exception {
        HttpResponse<String> sent = post("/submit", "acquisition=rat1&kind=power&clutter=svd%3A2&key=" + formKey());
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(303);
        String id = client.list("demo").getFirst().id();
        assertThat(get("/").body()).contains(id).contains("queued").contains("Cancel job");
        new Worker(store, queue, WorkerOptions.of("w1"), RunContext.inline()).runOne();
        JobHandle handle = client.handle("demo", id);
        assertThat(handle.state().status()).as(handle.state().message()).isEqualTo(JobStatus.DONE);
        assertThat(get("/live").body()).contains("\"status\" : \"done\"").contains("\"percent\" : 100");
        assertThat(get("/job/" + id).body()).contains("power, svd:2").contains("attempt 1 by worker w1");
        HttpResponse<byte[]> picture =
                browser.send(request("/picture/" + id).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(picture.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(picture.body()).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void cancelFromThePage() throws Exception {
        JobHandle job = submitted();
        assertThat(post("/cancel", "job=" + job.id() + "&key=" + formKey()).statusCode())
                .isEqualTo(303);
        assertThat(job.state().status()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void whatComesFromOutside_isEscaped() throws Exception {
        String evil = "<script>alert(1)</script>\"'&";
        HttpResponse<String> reply = post(
                "/submit",
                "acquisition=rat1&kind=power&clutter=" + URLEncoder.encode(evil, StandardCharsets.UTF_8) + "&key="
                        + formKey());
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body()).doesNotContain("<script>alert").contains("&lt;script&gt;");
        assertThat(Html.escape("<&>\"'\u0000")).isEqualTo("&lt;&amp;&gt;&quot;&#39;\ufffd");
    }

    @Test
    void formsOfOthers_doNothing() throws Exception {
        JobHandle job = submitted();
        assertThat(post("/cancel", "job=" + job.id()).statusCode()).isEqualTo(403);
        assertThat(post("/cancel", "job=" + job.id() + "&key=guessed").statusCode())
                .isEqualTo(403);
        assertThat(post("/submit", "acquisition=rat1&kind=power").statusCode()).isEqualTo(403);
        assertThat(job.state().status()).isEqualTo(JobStatus.QUEUED);
        assertThat(client.list("demo")).hasSize(1);
    }

    @Test
    void pathsThatAreNone_giveNothingAway() throws Exception {
        assertThat(get("/../../etc/passwd").statusCode()).isEqualTo(404);
        assertThat(get("/job/..%2f..%2fx").statusCode()).isEqualTo(404);
        assertThat(get("/picture/" + "0".repeat(32)).statusCode()).isEqualTo(500);
        assertThat(get("/picture/" + "0".repeat(32)).body()).contains("no job").doesNotContain("Exception");
        HttpRequest put =
                request("/").PUT(HttpRequest.BodyPublishers.ofString("x")).build();
        assertThat(browser.send(put, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
        assertThat(post("/submit", "key=" + "x".repeat(70_000)).statusCode()).isEqualTo(400);
    }

    @Test
    void otherHostNames_areNotServed() throws Exception {
        try (Socket socket = new Socket(page.uri().getHost(), page.uri().getPort())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(reply).startsWith("HTTP/1.1 403").doesNotContain("rat1");
        }
    }

    @Test
    void withAToken_nothingIsShownWithoutIt() throws Exception {
        page.close();
        page = JobPage.start(
                store,
                "demo",
                client,
                RECIPES,
                new JobPageOptions(InetAddress.getLoopbackAddress(), 0, Optional.of(TOKEN)));
        JobHandle job = submitted();
        for (String path : new String[] {"/", "/live", "/job/" + job.id(), "/picture/" + job.id()}) {
            HttpResponse<String> reply = get(path);
            assertThat(reply.statusCode()).isEqualTo(401);
            assertThat(reply.body()).doesNotContain("rat1").doesNotContain(TOKEN);
        }
        assertThat(post("/cancel", "job=" + job.id() + "&key=" + formKey()).statusCode())
                .isEqualTo(401);
        assertThat(post("/login", "token=wrong&key=" + formKey()).statusCode()).isEqualTo(401);
        HttpResponse<String> entered =
                post("/login", "token=" + URLEncoder.encode(TOKEN, StandardCharsets.UTF_8) + "&key=" + formKey());
        assertThat(entered.statusCode()).isEqualTo(303);
        String cookie = entered.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").doesNotContain(TOKEN);
        HttpRequest known =
                request("/").header("Cookie", cookie.split(";", 2)[0]).build();
        assertThat(browser.send(known, HttpResponse.BodyHandlers.ofString()).body())
                .contains("rat1");
        HttpRequest bearer =
                request("/live").header("Authorization", "Bearer " + TOKEN).build();
        assertThat(browser.send(bearer, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void openAddress_needsATokenThatCannotBeGuessed() throws Exception {
        InetAddress everywhere = InetAddress.getByName("0.0.0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JobPageOptions(everywhere, 0, Optional.empty()))
                .withMessageContaining("token");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JobPageOptions(everywhere, 0, Optional.of("short")))
                .withMessageContaining("guessed");
        assertThat(new JobPageOptions(everywhere, 80, Optional.of(TOKEN)).toString())
                .doesNotContain(TOKEN);
    }

    private JobHandle submitted() {
        return client.submit(
                "demo", AcquisitionRef.parse("rat1"), new JobRecipe.FromImages(new Clutter.Svd(1), Product.POWER));
    }

    private String formKey() throws Exception {
        Matcher key = Pattern.compile("name=key value=\"([0-9a-f]+)\"").matcher(get("/").body());
        assertThat(key.find()).isTrue();
        return key.group(1);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(page.uri() + path.substring(1)));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return browser.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
        return browser.send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
