package org.fus.cloud.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fus.cloud.job.Job;
import org.fus.cloud.job.JobClient;
import org.fus.cloud.job.JobHandle;
import org.fus.cloud.job.JobRecipe;
import org.fus.cloud.store.AcquisitionRef;
import org.fus.cloud.store.AcquisitionStore;
import org.fus.cloud.store.Project;
import org.fus.core.error.FusException;
import org.fus.core.error.FusStorageException;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.Product;
import org.fus.io.content.OpenOptions;
import org.fus.io.source.ByteSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A web page on the jobs of a project, served until it is closed. It listens where it is told, by default on this machine
 * alone; works without a script and from the keyboard; and escapes whatever it shows.
 */
public final class JobPage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobPage.class);
    private static final int MAX_FORM_BYTES = 64 << 10;
    private static final int MAX_PICTURE_BYTES = 64 << 20;
    private static final Pattern JOB = Pattern.compile("/(job|picture)/([0-9a-f]{32})");

    private final Project project;
    private final JobClient client;
    private final RecipeMaker recipes;
    private final PageGuard guard;
    private final JobViews views;
    private final HttpServer server;
    private final ExecutorService threads;

    private JobPage(
            AcquisitionStore store, String project, JobClient client, RecipeMaker recipes, JobPageOptions options)
            throws IOException {
        this.project = store.project(project);
        this.client = client;
        this.recipes = recipes;
        this.guard = new PageGuard(options.token());
        this.views = new JobViews(project, guard.formKey());
        this.server = HttpServer.create(new InetSocketAddress(options.address(), options.port()), 0);
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("fus-page-", 0).factory());
        server.setExecutor(threads);
        server.createContext("/", this::serve);
    }

    /**
     * Starts to serve.
     *
     * @param store with the acquisitions and the records of jobs; not closed by the page
     * @param project whose jobs are shown
     * @param client asks for jobs
     * @param recipes makes recipes from the choices of the page
     * @param options where to listen
     * @return the page; close it to stop
     * @throws FusStorageException when the address cannot be listened on
     */
    public static JobPage start(
            AcquisitionStore store, String project, JobClient client, RecipeMaker recipes, JobPageOptions options) {
        try {
            JobPage page = new JobPage(store, project, client, recipes, options);
            page.server.start();
            return page;
        } catch (IOException e) {
            throw new FusStorageException(
                    options.toString(), "listen", e.getMessage() + "; choose another port or address", false, e);
        }
    }

    /**
     * Where a browser finds it.
     *
     * @return such as {@code http://127.0.0.1:8080/}
     */
    public URI uri() {
        InetSocketAddress at = server.getAddress();
        String host = at.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + at.getPort() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            PageGuard.headers(exchange);
            Reply reply;
            try {
                reply = reply(exchange);
            } catch (FusException | IllegalArgumentException e) {
                reply = Reply.html(
                        e instanceof IllegalArgumentException ? 400 : 500,
                        views.problem("It did not work", e.getMessage()));
            } catch (RuntimeException e) {
                LOG.warn("page {}", exchange.getRequestURI().getPath(), e);
                reply = Reply.html(500, views.problem("It did not work", "an error of the page; its log tells more"));
            }
            send(exchange, reply);
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", reply.type());
        if (!reply.location().isEmpty()) {
            exchange.getResponseHeaders().set("Location", reply.location());
        }
        if (!reply.cookie().isEmpty()) {
            exchange.getResponseHeaders().set("Set-Cookie", reply.cookie());
        }
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(reply.status(), head || reply.body().length == 0 ? -1 : reply.body().length);
        if (!head && reply.body().length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(reply.body());
            }
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        if (!guard.isExpectedHost(exchange)) {
            return Reply.html(403, views.problem("Not served", "use the address that fus job serve has shown"));
        }
        String path = exchange.getRequestURI().getPath();
        return switch (exchange.getRequestMethod()) {
            case "GET", "HEAD" -> get(exchange, path);
            case "POST" -> post(exchange, path);
            default -> Reply.html(405, views.problem("Not served", "GET and POST are served"));
        };
    }

    private Reply get(HttpExchange exchange, String path) throws IOException {
        switch (path) {
            case "/page.css" -> {
                return resource("page.css", "text/css; charset=utf-8");
            }
            case "/page.js" -> {
                return resource("page.js", "text/javascript; charset=utf-8");
            }
            default -> {
                if (!guard.isKnown(exchange)) {
                    return Reply.html(path.equals("/login") ? 200 : 401, views.login(false));
                }
            }
        }
        Matcher job = JOB.matcher(path);
        if (path.equals("/")) {
            return overview(200, "");
        } else if (path.equals("/live")) {
            return Reply.json(JobViews.live(client.list(project.name()), client.depth(), client.workers()));
        } else if (job.matches()) {
            JobHandle handle = client.handle(project.name(), job.group(2));
            return job.group(1).equals("job")
                    ? Reply.html(200, views.job(new Job(handle.id(), handle.request(), handle.state()), handle.log()))
                    : picture(handle);
        }
        return Reply.html(404, views.problem("Not found", "there is no such page"));
    }

    private Reply overview(int status, String problem) {
        return Reply.html(
                status,
                views.overview(
                        client.list(project.name()),
                        client.depth(),
                        client.workers(),
                        project.list().stream()
                                .filter(a -> !a.name().startsWith("job-"))
                                .toList(),
                        problem));
    }

    private Reply picture(JobHandle handle) {
        Optional<ByteSource> picture = handle.resultFolder().file(JobHandle.PICTURE);
        if (picture.isEmpty() || picture.get().size() > MAX_PICTURE_BYTES) {
            return Reply.html(404, views.problem("Not found", "the result has no picture"));
        }
        return Reply.of(200, "image/png", picture.get().head((int) picture.get().size()));
    }

    private Reply post(HttpExchange exchange, String path) throws IOException {
        Map<String, String> form = form(exchange);
        if (!guard.isFormKey(form.getOrDefault("key", ""))) {
            return Reply.html(403, views.problem("Not done", "the form is not of this page, or old; load it again"));
        }
        if (path.equals("/login")) {
            return guard.isToken(form.getOrDefault("token", ""))
                    ? Reply.seeOther("/").withCookie(guard.cookie())
                    : Reply.html(401, views.login(true));
        }
        if (!guard.isKnown(exchange)) {
            return Reply.html(401, views.login(false));
        }
        return switch (path) {
            case "/submit" -> submit(form);
            case "/cancel" -> {
                client.handle(project.name(), form.getOrDefault("job", "")).cancel();
                yield Reply.seeOther("/");
            }
            default -> Reply.html(404, views.problem("Not found", "there is no such page"));
        };
    }

    private Reply submit(Map<String, String> form) {
        try {
            AcquisitionRef input = AcquisitionRef.parse(form.getOrDefault("acquisition", ""));
            Product product = Product.parse(form.getOrDefault("kind", "power"));
            String filter = form.getOrDefault("clutter", "").strip();
            Optional<Clutter> clutter = filter.isEmpty() ? Optional.empty() : Optional.of(Clutter.parse(filter));
            JobRecipe recipe = recipes.recipe(project.open(input, OpenOptions.DEFAULTS), product, clutter);
            client.submit(project.name(), input, recipe);
            return Reply.seeOther("/");
        } catch (FusException | IllegalArgumentException e) {
            return overview(400, e.getMessage());
        }
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        byte[] body;
        try (InputStream in = exchange.getRequestBody()) {
            body = in.readNBytes(MAX_FORM_BYTES + 1);
        }
        if (body.length > MAX_FORM_BYTES) {
            throw new IllegalArgumentException("a form of more than " + MAX_FORM_BYTES + " bytes");
        }
        Map<String, String> form = new HashMap<>();
        for (String entry : List.of(new String(body, StandardCharsets.UTF_8).split("&", -1))) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                form.put(decoded(entry.substring(0, equals)), decoded(entry.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static Reply resource(String name, String type) {
        try (InputStream in = JobPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the library lacks " + name);
            }
            return Reply.of(200, type, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
