package org.fus.examples.command;

import org.fus.io.content.OpenOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a file is opened: what info and convert share. */
final class OpenOption {
    @Option(
            names = "--raw",
            description =
                    "Leave the poses of a version 1 .scan as they are stored, instead of joining them to one volume.")
    private boolean raw;

    @Mixin
    private RecordingOption recording;

    OpenOptions options() {
        return recording.options(raw ? OpenOptions.RAW : OpenOptions.DEFAULTS);
    }
}
