package org.fus.examples.command;

import org.fus.io.content.OpenOptions;
import picocli.CommandLine.Option;

/** Which of several recordings of a file is opened. */
final class RecordingOption {
    @Option(
            names = "--recording",
            paramLabel = "K",
            description = "Which recording of a file that holds several, from 0 (URX).")
    private int recording;

    OpenOptions options() {
        return options(OpenOptions.DEFAULTS);
    }

    OpenOptions options(OpenOptions others) {
        return others.withRecording(recording);
    }
}
