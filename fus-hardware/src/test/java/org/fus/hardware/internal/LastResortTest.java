package org.fus.hardware.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The end of a virtual machine of its own. */
class LastResortTest {
    /** What the other machine runs: a device that nobody closes. */
    static final class Host {
        private static final Object DEVICE = new Object();

        private Host() {}

        static void main(String[] how) {
            LastResort.watch(DEVICE, () -> System.out.println("high voltage off"), () -> System.out.println("closed"));
            System.out.println("running");
            if (how[0].equals("throw")) {
                throw new IllegalStateException("a host with a bug");
            }
            System.exit(0);
        }
    }

    @Test
    void exit_andUncaughtException_cutTheVoltage() throws Exception {
        for (String how : List.of("exit", "throw")) {
            assertThat(output(how)).containsSubsequence("running", "high voltage off");
        }
        assertThat(output("exit", "-Dfus.device.shutdownHook=false"))
                .contains("running")
                .doesNotContain("high voltage off");
    }

    private static String output(String how, String... options) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Host.class.getName(), how));
        Process host = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(host.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(host.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return out;
    }
}
