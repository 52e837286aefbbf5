package org.fus.core.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.DopplerFrame.Quantity;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.PixelGrid;
import org.junit.jupiter.api.Test;

class FigureTest {
    /** 12.8 mm wide and 6.4 mm deep: 50 picture pixels per millimetre. */
    private static final PixelGrid GRID = PixelGrid.xz(-6.35e-3, 6.35e-3, 128, 2.05e-3, 8.35e-3, 64);

    private static final int PLOT_X = 72;
    private static final int PLOT_Y = 52;
    private static final double PIXELS_PER_M = 50e3;

    @Test
    void toImage_brightPixel_standsAtItsMillimetres() {
        float[] values = filled(GRID, 1e-6f);
        values[GRID.index(10, 0, 100)] = 1;
        BufferedImage image = Figure.of(map(Quantity.POWER, GRID, values)).toImage();
        int x = PLOT_X + (int) ((GRID.xM(100) - GRID.x0M() + GRID.dxM() / 2) * PIXELS_PER_M);
        int y = PLOT_Y + (int) ((GRID.zM(10) - GRID.z0M() + GRID.dzM() / 2) * PIXELS_PER_M);
        assertThat(image.getRGB(x, y)).isEqualTo(ColorMap.HOT.argb(255));
        assertThat(countInPlot(image, 640, 320, ColorMap.HOT.argb(255))).isEqualTo(25); // 5 x 5 pixels of 0.02 mm
        assertThat(image.getRGB(PLOT_X + 1, PLOT_Y + 1)).isEqualTo(ColorMap.HOT.argb(0));
    }

    @Test
    void toImage_wideMap_hasEqualScaleInBothDirections() {
        BufferedImage image =
                Figure.of(map(Quantity.ENVELOPE, GRID, filled(GRID, 1))).toImage();
        int white = ColorMap.GRAY.argb(255);
        int frameRight = PLOT_X + 640;
        int frameBottom = PLOT_Y + 320;
        assertThat(image.getRGB(frameRight - 1, frameBottom - 1)).isEqualTo(white);
        assertThat(image.getRGB(frameRight, frameBottom - 10)).isEqualTo(image.getRGB(PLOT_X - 1, PLOT_Y - 1));
        assertThat(image.getRGB(frameRight - 10, frameBottom)).isEqualTo(image.getRGB(PLOT_X - 1, PLOT_Y - 1));
    }

    @Test
    void toImage_powers_areTenLogTen() {
        float[] values = filled(GRID, 1);
        values[0] = 0.1f; // -10 dB of 30: two thirds up the scale
        values[1] = 1e-4f; // below the range
        BufferedImage image = Figure.of(map(Quantity.POWER, GRID, values)).toImage();
        assertThat(image.getRGB(PLOT_X + 2, PLOT_Y + 2)).isEqualTo(ColorMap.HOT.at(2 / 3.0));
        assertThat(image.getRGB(PLOT_X + 7, PLOT_Y + 2)).isEqualTo(ColorMap.HOT.argb(0));
    }

    @Test
    void toImage_envelopes_areTwentyLogTen() {
        float[] values = filled(GRID, 1);
        values[0] = 0.1f; // -20 dB of 50
        BufferedImage image = Figure.of(map(Quantity.ENVELOPE, GRID, values)).toImage();
        assertThat(image.getRGB(PLOT_X + 2, PLOT_Y + 2)).isEqualTo(ColorMap.GRAY.at(0.6));
    }

    @Test
    void toImage_velocities_areBlueAwayAndRedTowards() {
        float[] values = new float[GRID.size()];
        values[0] = -4e-3f;
        values[1] = 4e-3f;
        DopplerFrame map = map(Quantity.AXIAL_VELOCITY, GRID, values);
        BufferedImage image = Figure.of(map).toImage();
        int away = image.getRGB(PLOT_X + 2, PLOT_Y + 2);
        int towards = image.getRGB(PLOT_X + 7, PLOT_Y + 2);
        assertThat(away).isEqualTo(ColorMap.VELOCITY.argb(0));
        assertThat(towards).isEqualTo(ColorMap.VELOCITY.argb(255));
        assertThat(away & 0xff).as("blue").isGreaterThan(away >> 16 & 0xff);
        assertThat(towards >> 16 & 0xff).as("red").isGreaterThan(towards & 0xff);
    }

    @Test
    void toImage_nan_hasAColourOfItsOwn() {
        float[] values = filled(GRID, 1);
        values[0] = Float.NaN;
        BufferedImage image = Figure.of(map(Quantity.POWER, GRID, values)).toImage();
        assertThat(image.getRGB(PLOT_X + 2, PLOT_Y + 2)).isEqualTo(Painter.NO_VALUE);
        for (ColorMap colors : new ColorMap[] {ColorMap.GRAY, ColorMap.HOT, ColorMap.VELOCITY}) {
            for (int i = 0; i < ColorMap.SIZE; i++) {
                assertThat(colors.argb(i)).isNotEqualTo(Painter.NO_VALUE);
            }
        }
    }

    @Test
    void toImage_constantMap_isAllAtTheTop() {
        BufferedImage image =
                Figure.of(map(Quantity.POWER, GRID, filled(GRID, 7))).toImage();
        assertThat(countInPlot(image, 640, 320, ColorMap.HOT.argb(255))).isEqualTo(640 * 320);
    }

    @Test
    void toImage_zeroMap_isAllAtTheBottomOrCentre() {
        BufferedImage power =
                Figure.of(map(Quantity.POWER, GRID, filled(GRID, 0))).toImage();
        assertThat(countInPlot(power, 640, 320, ColorMap.HOT.argb(0))).isEqualTo(640 * 320);
        BufferedImage velocity =
                Figure.of(map(Quantity.AXIAL_VELOCITY, GRID, filled(GRID, 0))).toImage();
        assertThat(countInPlot(velocity, 640, 320, ColorMap.VELOCITY.argb(128))).isEqualTo(640 * 320);
    }

    @Test
    void toImage_severalSlices_showsTheOneAskedFor() {
        PixelGrid grid = new PixelGrid(0, 0, 0, 1e-4, 4e-4, 1e-4, 8, 3, 8);
        float[] values = new float[grid.size()];
        values[grid.index(0, 2, 0)] = 1;
        Figure figure = Figure.of(map(Quantity.POWER, grid, values));
        int x = PLOT_X + 10;
        int y = PLOT_Y + 10;
        assertThat(figure.toImage().getRGB(x, y)).as("middle slice").isEqualTo(ColorMap.HOT.argb(0));
        assertThat(figure.withSlice(2).toImage().getRGB(x, y)).isEqualTo(ColorMap.HOT.argb(255));
        assertThatThrownBy(() -> figure.withSlice(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void over_lowPower_showsTheBackground() {
        float[] power = filled(GRID, 1);
        power[0] = 0.01f;
        float[] velocity = filled(GRID, 2e-3f);
        DopplerFrame background = map(Quantity.ENVELOPE, GRID, filled(GRID, 1));
        BufferedImage image = Figure.of(map(Quantity.AXIAL_VELOCITY, GRID, velocity))
                .over(background, map(Quantity.POWER, GRID, power), 10)
                .toImage();
        assertThat(image.getRGB(PLOT_X + 2, PLOT_Y + 2)).isEqualTo(ColorMap.GRAY.argb(255));
        assertThat(image.getRGB(PLOT_X + 7, PLOT_Y + 2)).isEqualTo(ColorMap.VELOCITY.argb(255));
    }

    @Test
    void over_otherGrid_isRefused() {
        PixelGrid other = PixelGrid.xz(0, 1e-3, 2, 0, 1e-3, 2);
        DopplerFrame small = map(Quantity.POWER, other, filled(other, 1));
        DopplerFrame map = map(Quantity.POWER, GRID, filled(GRID, 1));
        assertThatThrownBy(() -> Figure.of(map).over(small, map, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("background");
    }

    @Test
    void toPng_sameMap_givesSameBytesThatDecodeToTheImage() throws IOException {
        float[] values = new float[GRID.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i * 7919 % 1000) + 1;
        }
        Figure figure = Figure.of(map(Quantity.POWER, GRID, values));
        byte[] first = figure.toPng();
        assertThat(figure.toPng()).isEqualTo(first);
        BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(first));
        BufferedImage drawn = figure.toImage();
        int width = drawn.getWidth();
        int height = drawn.getHeight();
        assertThat(decoded.getRGB(0, 0, width, height, null, 0, width))
                .isEqualTo(drawn.getRGB(0, 0, width, height, null, 0, width));
    }

    @Test
    void toImage_oneRow_stillDraws() {
        PixelGrid grid = new PixelGrid(0, 0, 0, 1e-4, 4e-4, 1e-4, 500, 1, 1);
        BufferedImage image = Figure.of(map(Quantity.POWER, grid, filled(grid, 1)))
                .withTitle("a line with a title that is longer than the picture would otherwise be, by far, and more")
                .toImage();
        assertThat(image.getWidth()).isGreaterThan(640);
        assertThat(image.getHeight()).isGreaterThan(100);
    }

    @Test
    void colorBar_limits_areThoseOfTheScale() {
        DopplerFrame power = map(Quantity.POWER, GRID, filled(GRID, 3));
        Painter decibel = new Painter(power, new Scale.Decibel(42), ColorMap.HOT);
        assertThat(decibel.barLow()).isEqualTo(-42);
        assertThat(decibel.barHigh()).isZero();
        assertThat(decibel.unit()).isEqualTo("dB");
        DopplerFrame velocity = map(Quantity.AXIAL_VELOCITY, GRID, filled(GRID, -5e-3f));
        Painter linear = new Painter(velocity, Scale.of(velocity), ColorMap.VELOCITY);
        assertThat(linear.barLow()).isCloseTo(-5, within(1e-6)); // 5e-3 in float32
        assertThat(linear.barHigh()).isCloseTo(5, within(1e-6));
        assertThat(linear.unit()).isEqualTo("mm/s");
        BufferedImage image = Figure.of(power).toImage();
        int barX = PLOT_X + 640 + 26 + 9;
        assertThat(image.getRGB(barX, PLOT_Y)).isEqualTo(ColorMap.HOT.argb(255));
        assertThat(image.getRGB(barX, PLOT_Y + 319)).isEqualTo(ColorMap.HOT.argb(0));
    }

    @Test
    void scale_impossibleRanges_areRefused() {
        assertThatThrownBy(() -> new Scale.Decibel(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Scale.Decibel(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Scale.Linear(1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Scale.Linear(0, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    private static int countInPlot(BufferedImage image, int width, int height, int color) {
        int count = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                count += image.getRGB(PLOT_X + x, PLOT_Y + y) == color ? 1 : 0;
            }
        }
        return count;
    }

    private static float[] filled(PixelGrid grid, float value) {
        float[] out = new float[grid.size()];
        Arrays.fill(out, value);
        return out;
    }

    @Test
    void cbvChange_isShownToThirtyPerCentOnEachSide() {
        float[] values = filled(GRID, 0);
        values[0] = 900;
        DopplerFrame map = map(Quantity.CBV_CHANGE, GRID, values);
        assertThat(Scale.of(map)).isEqualTo(new Scale.Linear(-30, 30));
        assertThat(Figure.of(map).toPng())
                .isEqualTo(Figure.of(map)
                        .withColors(ColorMap.VELOCITY)
                        .withTitle("CBV change")
                        .toPng());
    }

    private static DopplerFrame map(Quantity quantity, PixelGrid grid, float[] values) {
        return DopplerFrame.wrap(quantity, grid, values, Provenance.none());
    }
}
