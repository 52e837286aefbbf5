package org.fus.io.mat;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.fus.core.error.FusFormatException;
import org.fus.io.FusFiles;
import org.fus.io.source.MemorySource;
import org.fus.io.testing.Samples;
import org.junit.jupiter.api.Test;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Struct;

/** Variables of a layout that do not fit each other, each by its own message. */
class MatLayoutRefusalTest {
    @Test
    void read_complexTimes_areRefused() throws IOException {
        Struct acquisition = Mat5.newStruct();
        acquisition.set("Data", Mat5.newMatrix(new int[] {4, 1, 3, 2}));
        acquisition.set("T", Mat5.newComplex(new int[] {1, 2}));
        assertRefused(file("Acquisition", acquisition), "Acquisition.T: expected real numbers, got complex ones");
    }

    @Test
    void read_directionThatIsNoText_isRefused() throws IOException {
        Struct md = Mat5.newStruct();
        md.set("imageSize", row(4, 3, 2));
        md.set("voxelSize", row(50, 100, 300));
        md.set("Direction", row(1));
        assertRefused(
                file("I", Mat5.newMatrix(new int[] {4, 3, 2, 2})).addArray("md", md), "md.Direction: expected a text");
    }

    @Test
    void read_originOfTwoNumbers_isRefused() throws IOException {
        Struct uf = Mat5.newStruct();
        uf.set("TwFreq", Mat5.newScalar(15));
        uf.set("FrameRateUF", Mat5.newScalar(1000));
        Struct pixels = Mat5.newStruct();
        pixels.set("PDelta", row(1, 0, 0.5));
        pixels.set("Origin", row(-1, 2));
        assertRefused(
                file("IQ", Mat5.newComplex(new int[] {4, 3, 2}))
                        .addArray("UF", uf)
                        .addArray("PData", pixels),
                "PData.Origin: expected a position (x, y, z) in wavelengths, got [-1.0, 2.0]");
    }

    @Test
    void read_complexRf_isRefused() throws IOException {
        assertRefused(must(Mat5.newComplex(new int[] {4, 3}), 3), "RF: expected real numbers (sample, channel, frame)");
    }

    @Test
    void read_rfOfFourAxes_isRefused() throws IOException {
        assertRefused(must(Mat5.newMatrix(new int[] {4, 3, 2, 2}), 3), "RF: expected (sample, channel) or");
    }

    @Test
    void read_delaysOfOtherElements_areRefused() throws IOException {
        assertRefused(
                must(Mat5.newMatrix(new int[] {4, 3}), 2), "param.TXdelay: expected 3 delays, one per element, got 2");
    }

    private static MatFile must(Array rf, int delays) {
        Struct param = Mat5.newStruct();
        param.set("fs", Mat5.newScalar(20e6));
        param.set("fc", Mat5.newScalar(5e6));
        param.set("PRF", Mat5.newScalar(1000));
        param.set("pitch", Mat5.newScalar(3e-4));
        param.set("TXdelay", Mat5.newMatrix(1, delays));
        return file("RF", rf).addArray("param", param);
    }

    private static MatFile file(String name, Array variable) {
        return Mat5.newMatFile().addArray(name, variable);
    }

    private static Matrix row(double... values) {
        Matrix out = Mat5.newMatrix(1, values.length);
        for (int i = 0; i < values.length; i++) {
            out.setDouble(i, values[i]);
        }
        return out;
    }

    private static void assertRefused(MatFile file, String reason) throws IOException {
        byte[] bytes = Samples.matFile(file, false);
        assertThatThrownBy(() -> FusFiles.open(MemorySource.wrap("a.mat", bytes)))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining(reason);
    }
}
