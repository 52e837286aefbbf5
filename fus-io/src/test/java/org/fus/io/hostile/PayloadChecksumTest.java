package org.fus.io.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.fus.core.error.FusFormatException;
import org.fus.io.content.Content;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a format has checksums, no damaged value is read as if it were sound. */
class PayloadChecksumTest {
    /** Every third byte, with each of its bits in turn. */
    private static final int STEP = 3;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zarr gzip",
                "zarr zstd",
                "zarr sharded",
                "series.zarr",
                "iq.zarr",
                "channels.zarr",
                "recording",
                "series.nii.gz",
                "series.npz",
                "iq.npz",
                "channels.npz",
                "must compressed.mat"
            })
    void flippedBit_isRefusedOrReported(String name) {
        Specimen specimen =
                Specimens.all().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
        Content sound = specimen.open(specimen.folder());
        long values = Reading.all(sound);
        int tried = 0;
        int found = 0;
        for (Map.Entry<String, byte[]> file : specimen.files().entrySet()) {
            if (file.getKey().endsWith(".json")) {
                continue;
            }
            for (int at = 0; at < file.getValue().length; at += STEP) {
                Damage flip = new Damage.BitFlip(file.getKey(), at, at % 8);
                tried++;
                if (isFound(
                        specimen.with(flip.of(specimen.files())), sound.origin().warnings(), values, flip)) {
                    found++;
                }
            }
        }
        // The others change no value: they hit headers of packers, notes of blocks, and places of frames that never
        // came.
        assertThat(found).as("of %d flipped bits", tried).isGreaterThan(tried / 3);
    }

    private static boolean isFound(Specimen damaged, List<String> warnings, long values, Damage flip) {
        try {
            Content content = damaged.open(damaged.folder());
            if (Reading.all(content) == values) {
                return false;
            }
            assertThat(content.origin().warnings())
                    .as("other values after %s are reported", flip)
                    .isNotEqualTo(warnings);
            return true;
        } catch (FusFormatException e) {
            return true;
        }
    }
}
