package org.fus.examples.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fus.core.beamforming.Compounding;
import org.fus.examples.embed.BeamformerComparison.Figures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeamformerComparisonTest {
    @Test
    void figures_pointsAndCyst_areThoseOfTheGuide(@TempDir Path folder) throws IOException {
        BeamformerComparison scene = BeamformerComparison.scene();

        Figures das = scene.figures(scene.envelope("das", Compounding.COHERENT));
        Figures incoherent = scene.figures(scene.envelope("das", Compounding.INCOHERENT));
        Figures cf = scene.figures(scene.envelope("cf", Compounding.COHERENT));
        Figures capon = scene.figures(scene.envelope("capon", Compounding.COHERENT));

        // two points that a plain sum merges and Capon does not; side lobes that coherence removes from the cyst
        assertThat(das.dipDb()).isGreaterThan(-0.5);
        assertThat(capon.dipDb()).isLessThan(-3);
        assertThat(incoherent.cystDb()).isGreaterThan(das.cystDb() + 6);
        assertThat(cf.cystDb()).isLessThan(das.cystDb() - 20);
        Path picture = folder.resolve("capon.png");
        scene.draw(picture, "capon", scene.envelope("capon", Compounding.COHERENT));
        assertThat(Files.size(picture)).isGreaterThan(10_000);
    }
}
