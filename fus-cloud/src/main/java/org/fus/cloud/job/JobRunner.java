package org.fus.cloud.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.fus.cloud.store.AcquisitionRef;
import org.fus.cloud.store.ImportOptions;
import org.fus.cloud.store.ImportReport;
import org.fus.cloud.store.Manifest;
import org.fus.cloud.store.Project;
import org.fus.core.data.ChannelData;
import org.fus.core.data.DopplerFrame;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.pipeline.Pipeline;
import org.fus.core.render.Figure;
import org.fus.core.run.RunContext;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.OpenOptions;
import org.fus.io.source.StorageFailures;

/** Does the work of one job: reads the input from the store, computes, puts the result into the store. */
final class JobRunner {
    /** Two machines may compute other last digits (vectors of other lengths): the first result is the one of all. */
    private static final ImportOptions KEEP = new ImportOptions("job", ImportOptions.Existing.KEEP_FIRST);

    private final Project project;
    private final JobRequest request;
    private final JobLog log;

    JobRunner(Project project, JobRequest request, JobLog log) {
        this.project = project;
        this.request = request;
        this.log = log;
    }

    /** A result that is there already stays as it is. */
    Manifest run(RunContext context) {
        AcquisitionRef input = AcquisitionRef.parse(request.acquisition() + "@" + request.version());
        if (!project.manifest(input).root().equals(request.root())) {
            throw new FusFormatException(
                    project.name() + "/" + input,
                    "root",
                    "it is not the content that was asked for; submit the job again");
        }
        Content content = project.open(input, OpenOptions.DEFAULTS);
        content.origin().warnings().forEach(w -> log.line("warning: " + w));
        log.line("computing " + request.recipe().summary() + " of " + input);
        DopplerFrame map = switch (request.recipe()) {
            case JobRecipe.FromChannels c -> {
                ChannelData data = channels(content);
                yield Pipeline.forData(c.recipe(), data).process(data, context);
            }
            case JobRecipe.FromImages i ->
                Pipeline.doppler(images(content).ensemble(), i.clutter(), i.product(), context);
        };
        map.provenance().warnings().forEach(w -> log.line("warning: " + w));
        ImportReport report = store(map, context);
        log.line("result " + report.manifest().acquisition() + "@"
                + report.manifest().version() + ", " + report.manifest().bytes() + " bytes"
                + (report.changed() ? "" : ", there already"));
        return report.manifest();
    }

    private ImportReport store(DopplerFrame map, RunContext context) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("fus-job-");
            FusFiles.write(folder.resolve(JobHandle.MAP), Content.of(map));
            FusFiles.writeBytes(
                    folder.resolve(JobHandle.PICTURE), Figure.of(map).toPng());
            return project.importFrom(folder, request.resultName(), KEEP, context);
        } catch (IOException e) {
            throw StorageFailures.of(Path.of(System.getProperty("java.io.tmpdir")), "write", e);
        } finally {
            if (folder != null) {
                delete(folder);
            }
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> paths = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : paths) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw StorageFailures.of(folder, "delete", e);
        }
    }

    private ChannelData channels(Content content) {
        if (content instanceof Content.Channels c) {
            return c.data();
        }
        throw unfit("channel-data", content);
    }

    private Content.Iq images(Content content) {
        if (content instanceof Content.Iq i) {
            return i;
        }
        throw unfit("iq", content);
    }

    private FusUnsupportedException unfit(String expected, Content content) {
        return new FusUnsupportedException(request.acquisition() + "@" + request.version()
                + ": the recipe does not fit it (expected " + expected + ", got " + content.kind() + ")");
    }
}
