package org.fus.core.render;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.fus.core.data.DopplerFrame;
import org.fus.core.geometry.PixelGrid;

/**
 * A picture of one map: the values in colour at equal scale in both directions, depth downwards, axes in millimetres of
 * the ARRAY frame, a colour bar with its unit. Immutable; each {@code with} method gives a changed copy.
 *
 * <p>A pixel of the map is a rectangle of one colour around its grid point: nothing is smoothed, and none is left out
 * unless a side of the map has more than 4096. NaN is drawn in a grey that no colour map holds. The same map gives the
 * same picture on any machine, and the same bytes with the same Java.
 */
public final class Figure {
    private final DopplerFrame map;
    private final Scale scale;
    private final ColorMap colors;
    private final String title;
    private final int slice;
    private final Backdrop backdrop;

    private Figure(DopplerFrame map, Scale scale, ColorMap colors, String title, int slice, Backdrop backdrop) {
        this.map = map;
        this.scale = scale;
        this.colors = colors;
        this.title = title;
        this.slice = slice;
        this.backdrop = backdrop;
    }

    /**
     * A picture with the defaults of the map's quantity: the scale of {@link Scale#of}; {@link ColorMap#HOT} for power
     * and variance, {@link ColorMap#GRAY} for B-mode, {@link ColorMap#VELOCITY} for what has a sign; the name of the quantity as title; of
     * a map of several slices the middle one, {@code ny / 2}.
     *
     * @param map the values, {@code [z][y][x]}
     * @return the picture
     */
    public static Figure of(DopplerFrame map) {
        ColorMap colors = switch (map.quantity()) {
            case POWER, POWER_TOWARDS, POWER_AWAY, BAND_POWER, VELOCITY_VARIANCE, VELOCITY_ERROR -> ColorMap.HOT;
            case ENVELOPE, LEVEL -> ColorMap.GRAY;
            case AXIAL_VELOCITY, LATERAL_VELOCITY, SIGNED_POWER, CBV_CHANGE -> ColorMap.VELOCITY;
        };
        String title = map.quantity().label();
        return new Figure(map, Scale.of(map), colors, title, map.grid().ny() / 2, Backdrop.NONE);
    }

    /**
     * The same with another scale.
     *
     * @param newScale how values become places on the colour bar
     * @return a changed copy
     */
    public Figure withScale(Scale newScale) {
        return new Figure(map, Objects.requireNonNull(newScale, "newScale"), colors, title, slice, backdrop);
    }

    /**
     * The same with other colours.
     *
     * @param newColors the colour map
     * @return a changed copy
     */
    public Figure withColors(ColorMap newColors) {
        return new Figure(map, scale, Objects.requireNonNull(newColors, "newColors"), title, slice, backdrop);
    }

    /**
     * The same with another title. Letters outside ASCII, other than the usual signs of units, are drawn as boxes.
     *
     * @param newTitle one line; empty for none
     * @return a changed copy
     */
    public Figure withTitle(String newTitle) {
        return new Figure(map, scale, colors, Objects.requireNonNull(newTitle, "newTitle"), slice, backdrop);
    }

    /**
     * The same of another slice.
     *
     * @param iy slice along elevation, from 0
     * @return a changed copy
     */
    public Figure withSlice(int iy) {
        Objects.checkIndex(iy, map.grid().ny());
        return new Figure(map, scale, colors, title, iy, backdrop);
    }

    /**
     * The same, drawn only where there is enough power and over a grey B-mode picture elsewhere: the usual look of colour
     * Doppler, since the velocity of a pixel without flow is noise.
     *
     * @param background a map on the same grid, shown with its own default scale in grey
     * @param power power Doppler on the same grid
     * @param rangeDb pixels whose power is more than this below the largest show the background, decibels, positive
     * @return a changed copy
     */
    public Figure over(DopplerFrame background, DopplerFrame power, double rangeDb) {
        Scale gate = new Scale.Decibel(rangeDb);
        requireSameGrid("background", background);
        requireSameGrid("power", power);
        return new Figure(map, scale, colors, title, slice, new Backdrop.Gated(background, power, gate));
    }

    /**
     * Draws the picture.
     *
     * @return an opaque RGB image of about 800 x 800 pixels, larger when the map has more pixels than that
     */
    public BufferedImage toImage() {
        PixelGrid grid = map.grid().cartesian();
        Painter painter = new Painter(map, scale, colors);
        String heading = grid.ny() == 1 ? title : title + " (slice " + slice + " of 0 to " + (grid.ny() - 1) + ")";
        FigureLayout layout = FigureLayout.of(grid, painter, heading);
        Canvas canvas = layout.blank();
        Backdrop.Colors pixels = backdrop.over(painter);
        for (int row = 0; row < layout.plotHeight(); row++) {
            int iz = layout.row(row);
            for (int column = 0; column < layout.plotWidth(); column++) {
                int pixel = grid.index(iz, slice, layout.column(column));
                canvas.set(layout.plotX() + column, layout.plotY() + row, pixels.color(pixel));
            }
        }
        return canvas.toImage();
    }

    /**
     * Draws the picture as a PNG file.
     *
     * @return the bytes of the file; they hold no date
     */
    public byte[] toPng() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        // Not ImageIO.write: it would put a temporary file on the disk.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(toImage());
        } catch (IOException e) {
            throw new UncheckedIOException("PNG encoder failed in memory", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private void requireSameGrid(String what, DopplerFrame other) {
        if (!other.grid().equals(map.grid())) {
            throw new IllegalArgumentException(
                    what + " has the grid " + other.grid() + ", expected that of the map: " + map.grid());
        }
    }
}
