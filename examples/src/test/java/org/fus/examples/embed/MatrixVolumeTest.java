package org.fus.examples.embed;

import static org.assertj.core.api.Assertions.assertThat;

import org.fus.core.data.IqEnsemble;
import org.fus.core.geometry.Vector3;
import org.junit.jupiter.api.Test;

class MatrixVolumeTest {
    @Test
    void volume_isBrightestAtThePoint_withTheGainOfAWeightedMean() {
        Vector3 point = new Vector3(0.7e-3, -1.1e-3, 10.5e-3);

        IqEnsemble volume = MatrixVolume.of(point);

        float[] iq = volume.copyFrame(0);
        int brightest = 0;
        for (int p = 0; p < iq.length / 2; p++) {
            if (magnitude(iq, p) > magnitude(iq, brightest)) {
                brightest = p;
            }
        }
        assertThat(volume.grid().pointM(brightest).minus(point).length()).isLessThan(1e-9);
        // echoes of amplitude 1; linear interpolation at four samples per period costs a percent
        assertThat(magnitude(iq, brightest)).isBetween(0.97, 1.001);
    }

    private static double magnitude(float[] iq, int pixel) {
        return Math.hypot(iq[2 * pixel], iq[2 * pixel + 1]);
    }
}
