package org.fus.cloud.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fus.cloud.internal.Json;
import org.fus.cloud.job.Job;
import org.fus.cloud.job.JobState;
import org.fus.cloud.job.JobStatus;
import org.fus.cloud.queue.QueueDepth;
import org.fus.cloud.store.AcquisitionSummary;

/** The pages as text. */
final class JobViews {
    private static final List<String> KINDS = List.of("power", "color", "bmode");

    private final String project;
    private final String formKey;

    JobViews(String project, String formKey) {
        this.project = project;
        this.formKey = formKey;
    }

    String overview(
            List<Job> jobs, QueueDepth depth, List<String> workers, List<AcquisitionSummary> inputs, String problem) {
        Html page = new Html();
        if (!problem.isEmpty()) {
            page.raw("<p class=problem role=alert>").text(problem).raw("</p>");
        }
        page.raw("<p id=summary>").text(summary(depth, workers)).raw("</p>");
        submitForm(page, inputs);
        page.raw("<table><caption>Jobs, newest first</caption><thead><tr><th scope=col>Job<th scope=col>Input"
                + "<th scope=col>Recipe<th scope=col>Status<th scope=col>Progress<th scope=col>Time<th scope=col>"
                + "Result<th scope=col>Action</tr></thead><tbody>");
        for (Job job : jobs) {
            row(page, job);
        }
        page.raw("</tbody></table>");
        if (jobs.isEmpty()) {
            page.raw("<p>No job yet. Choose an acquisition above, or use <code>fus job submit</code>.</p>");
        }
        return document("Jobs of " + project, page);
    }

    static String summary(QueueDepth depth, List<String> workers) {
        return depth.waiting() + " waiting, " + depth.held() + " being worked on, " + depth.dead() + " set aside; "
                + (workers.isEmpty()
                        ? "no worker (start one with fus job worker)"
                        : workers.size() == 1 ? "1 worker" : workers.size() + " workers");
    }

    private void submitForm(Html page, List<AcquisitionSummary> inputs) {
        page.raw("<form method=post action=/submit class=submit><fieldset><legend>New job</legend>");
        hidden(page);
        page.raw("<label>Acquisition <select name=acquisition required>");
        for (AcquisitionSummary input : inputs) {
            page.raw("<option value=\"")
                    .text(input.name())
                    .raw("\">")
                    .text(input.name())
                    .raw("</option>");
        }
        page.raw("</select></label> <label>Map <select name=kind>");
        KINDS.forEach(k -> page.element("option", k));
        page.raw("</select></label> <label>Clutter filter <input name=clutter placeholder=\"usual one\" size=12"
                + " maxlength=60 autocomplete=off></label> <button>Submit</button></fieldset></form>");
    }

    private void row(Html page, Job job) {
        JobState state = job.state();
        page.raw("<tr data-job=\"")
                .text(job.id())
                .raw("\"><td><a href=\"/job/")
                .text(job.id())
                .raw("\">");
        page.text(job.id().substring(0, 8)).raw("</a><td>");
        page.text(job.request().acquisition() + "@" + job.request().version()).raw("<td>");
        page.text(job.request().recipe().summary())
                .raw("<td><span class=\"status ")
                .text(status(state))
                .raw("\">");
        page.text(status(state)).raw("</span><td>");
        progress(page, state);
        page.raw("<td class=time>").text(time(state)).raw("<td>");
        if (state.status() == JobStatus.DONE) {
            page.raw("<a href=\"/job/").text(job.id()).raw("\"><img class=small alt=\"map of ");
            page.text(job.request().acquisition())
                    .raw("\" src=\"/picture/")
                    .text(job.id())
                    .raw("\"></a>");
        }
        page.raw("<td>");
        cancelForm(page, job);
        page.raw("</tr>");
    }

    private static void progress(Html page, JobState state) {
        page.raw("<progress max=100 value=")
                .text(state.percent())
                .raw(" aria-label=progress></progress> <span" + " class=stage>")
                .text(stage(state))
                .raw("</span>");
    }

    private void cancelForm(Html page, Job job) {
        if (!job.state().status().isFinal()) {
            page.raw("<form method=post action=/cancel class=cancel>");
            hidden(page);
            page.raw("<input type=hidden name=job value=\"").text(job.id()).raw("\"><button aria-label=\"Cancel job ");
            page.text(job.id().substring(0, 8)).raw("\">Cancel</button></form>");
        }
    }

    private void hidden(Html page) {
        page.raw("<input type=hidden name=key value=\"").text(formKey).raw("\">");
    }

    String job(Job job, String log) {
        JobState state = job.state();
        Html page = new Html();
        page.raw("<p><a href=\"/\">All jobs</a></p><dl data-job=\"")
                .text(job.id())
                .raw("\">");
        entry(page, "Job", job.id());
        entry(page, "Input", job.request().acquisition() + "@" + job.request().version());
        entry(page, "Recipe", job.request().recipe().summary());
        page.raw("<dt>Status<dd><span class=\"status ")
                .text(status(state))
                .raw("\">")
                .text(status(state))
                .raw("</span>");
        page.raw("<dt>Progress<dd>");
        progress(page, state);
        page.raw("<dt>Time<dd class=time>").text(time(state));
        entry(page, "Attempt", state.attempt() == 0 ? "none yet" : state.attempt() + ", worker " + state.worker());
        if (!state.message().isEmpty()) {
            entry(page, "Message", state.message());
        }
        page.raw("</dl>");
        cancelForm(page, job);
        if (state.status() == JobStatus.DONE) {
            page.raw("<figure><img alt=\"")
                    .text(job.request().recipe().summary())
                    .raw(" of ");
            page.text(job.request().acquisition()).raw("\" src=\"/picture/").text(job.id());
            page.raw("\"><figcaption>").text(job.request().resultName()).raw("</figcaption></figure>");
        }
        page.raw("<h2>Log</h2><pre tabindex=0>")
                .text(log.isEmpty() ? "nothing yet" : log)
                .raw("</pre>");
        return document("Job " + job.id().substring(0, 8), page);
    }

    private static void entry(Html page, String name, String value) {
        page.element("dt", name).element("dd", value);
    }

    String login(boolean wrong) {
        Html page = new Html();
        if (wrong) {
            page.raw("<p class=problem role=alert>That is not the token of this page.</p>");
        }
        page.raw("<form method=post action=/login>");
        hidden(page);
        page.raw(
                "<label>Token <input type=password name=token required autocomplete=current-password autofocus></label>"
                        + " <button>Enter</button></form>");
        return document("Enter", page);
    }

    String problem(String title, String message) {
        return document(
                title, new Html().raw("<p class=problem>").text(message).raw("</p><p><a href=\"/\">All jobs</a></p>"));
    }

    private String document(String title, Html body) {
        return new Html()
                .raw("<!doctype html><html lang=en><head><meta charset=utf-8><meta name=viewport"
                        + " content=\"width=device-width\"><title>")
                .text(title)
                .raw("</title><link rel=stylesheet href=\"/page.css\"><script defer src=\"/page.js\"></script></head>"
                        + "<body><header><h1>")
                .text(title)
                .raw("</h1></header><main>")
                .raw(body.toString())
                .raw("</main></body></html>")
                .toString();
    }

    /** What the script of the page puts into its place. */
    static String live(List<Job> jobs, QueueDepth depth, List<String> workers) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Job job : jobs) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", job.id());
            row.put("status", status(job.state()));
            row.put("percent", job.state().percent());
            row.put("stage", stage(job.state()));
            row.put("time", time(job.state()));
            rows.add(row);
        }
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("summary", summary(depth, workers));
        out.put("jobs", rows);
        return Json.text(out);
    }

    private static String status(JobState state) {
        return state.status().name().toLowerCase(Locale.ROOT);
    }

    private static String stage(JobState state) {
        return state.status() == JobStatus.RUNNING ? state.stage() + " " + state.percent() + " %" : "";
    }

    private static String time(JobState state) {
        Duration elapsed = state.elapsed(Instant.now());
        return state.started().isEmpty() ? "" : String.format(Locale.ROOT, "%.1f s", elapsed.toMillis() / 1000.0);
    }
}
