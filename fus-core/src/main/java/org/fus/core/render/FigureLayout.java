package org.fus.core.render;

import org.fus.core.geometry.PixelGrid;

/** Where the parts of a figure stand, in pixels of the picture, and how its frame, ticks and colour bar are drawn. */
final class FigureLayout {
    private static final int PAPER = OkLab.rgb(0xff, 0xff, 0xff);
    private static final int INK = OkLab.rgb(0x26, 0x26, 0x2b);
    private static final int PLOT_SIDE = 640;
    private static final int LARGEST_SIDE = 4096;
    private static final int LEAST_SIDE = 24;
    private static final int LEAST_BAR = 160;

    private final PixelGrid grid;
    private final Painter painter;
    private final double unit;
    private final int plotWidth;
    private final int plotHeight;

    private final String title;
    private final int top;

    private FigureLayout(PixelGrid grid, Painter painter, String title, double pixelsPerM) {
        this.grid = grid;
        this.painter = painter;
        this.title = title;
        this.plotWidth = Math.max(LEAST_SIDE, (int) Math.round(grid.nx() * grid.dxM() * pixelsPerM));
        this.plotHeight = Math.max(LEAST_SIDE, (int) Math.round(grid.nz() * grid.dzM() * pixelsPerM));
        // Letters and margins grow with the plot, so that a large picture can be read when shown small.
        this.unit = Math.max(1, Math.max(plotWidth, plotHeight) / (double) PLOT_SIDE);
        // A title that would run into the unit above the colour bar gets a line of its own.
        boolean crowded = titleEnd() > barX() - px(12);
        this.top = px(crowded ? 80 : 52);
    }

    /** The longer side gets 640 pixels, or more when the map has more (at most 4096). */
    static FigureLayout of(PixelGrid grid, Painter painter, String title) {
        double longest = Math.max(grid.nx() * grid.dxM(), grid.nz() * grid.dzM());
        double wanted = Math.max(PLOT_SIDE / longest, 1 / Math.min(grid.dxM(), grid.dzM()));
        return new FigureLayout(grid, painter, title, Math.min(wanted, LARGEST_SIDE / longest));
    }

    int plotX() {
        return px(72);
    }

    int plotY() {
        return top;
    }

    int plotWidth() {
        return plotWidth;
    }

    int plotHeight() {
        return plotHeight;
    }

    /** The column of the map under a column of the plot. */
    int column(int plotColumn) {
        return Math.min(grid.nx() - 1, (int) ((plotColumn + 0.5) * grid.nx() / plotWidth));
    }

    /** The row of the map under a row of the plot. */
    int row(int plotRow) {
        return Math.min(grid.nz() - 1, (int) ((plotRow + 0.5) * grid.nz() / plotHeight));
    }

    /** The figure without the values: title, frame, ticks, colour bar. */
    Canvas blank() {
        int barHeight = Math.max(plotHeight, px(LEAST_BAR));
        int width = Math.max(barX() + px(18) + px(76), titleEnd() + px(20));
        int height = Math.max(plotY() + plotHeight + px(62), plotY() + barHeight + px(20));
        Canvas canvas = new Canvas(width, height, PAPER);
        canvas.text(title, plotX(), px(32), titleSize(), INK);
        canvas.frame(plotX(), plotY(), plotWidth, plotHeight, INK);
        drawLateralAxis(canvas);
        drawDepthAxis(canvas);
        drawBar(canvas, barX(), barHeight);
        return canvas;
    }

    private void drawLateralAxis(Canvas canvas) {
        double first = (grid.x0M() - grid.dxM() / 2) * 1e3;
        double perMm = plotWidth / (grid.nx() * grid.dxM() * 1e3);
        Ticks ticks = Ticks.of(first, first + grid.nx() * grid.dxM() * 1e3, Math.max(2, plotWidth / px(70)));
        int bottom = plotY() + plotHeight;
        for (double v : ticks.values()) {
            int x = plotX() + (int) Math.floor((v - first) * perMm);
            canvas.fill(x, bottom, 1, px(6), INK);
            String label = ticks.label(v);
            canvas.text(label, x + 0.5 - Canvas.textWidth(label, textSize()) / 2, bottom + px(22), textSize(), INK);
        }
        String name = "x (mm)";
        double start = plotX() + (plotWidth - Canvas.textWidth(name, textSize())) / 2;
        canvas.text(name, start, bottom + px(46), textSize(), INK);
    }

    private void drawDepthAxis(Canvas canvas) {
        double first = (grid.z0M() - grid.dzM() / 2) * 1e3;
        double perMm = plotHeight / (grid.nz() * grid.dzM() * 1e3);
        Ticks ticks = Ticks.of(first, first + grid.nz() * grid.dzM() * 1e3, Math.max(2, plotHeight / px(70)));
        for (double v : ticks.values()) {
            int y = plotY() + (int) Math.floor((v - first) * perMm);
            canvas.fill(plotX() - px(6), y, px(6), 1, INK);
            labelLeft(canvas, ticks.label(v), plotX() - px(12), y);
        }
        String name = "depth (mm)";
        double start = plotY() + (plotHeight + Canvas.textWidth(name, textSize())) / 2;
        canvas.textUpwards(name, px(24), start, textSize(), INK);
    }

    private void drawBar(Canvas canvas, int x, int height) {
        int width = px(18);
        for (int row = 0; row < height; row++) {
            canvas.fill(x, plotY() + row, width, 1, painter.colors().at(1 - (row + 0.5) / height));
        }
        canvas.frame(x, plotY(), width, height, INK);
        canvas.text(painter.unit(), x, plotY() - px(14), textSize(), INK);
        double low = painter.barLow();
        double high = painter.barHigh();
        Ticks ticks = Ticks.of(low, high, Math.max(2, height / px(70)));
        for (double v : ticks.values()) {
            int y = plotY() + (int) Math.min(height - 1, Math.floor((high - v) / (high - low) * height));
            canvas.fill(x + width, y, px(5), 1, INK);
            canvas.text(ticks.label(v), x + width + px(11), y + 0.5 + textSize() / 2, textSize(), INK);
        }
    }

    private void labelLeft(Canvas canvas, String label, int right, int y) {
        canvas.text(label, right - Canvas.textWidth(label, textSize()), y + 0.5 + textSize() / 2, textSize(), INK);
    }

    private int barX() {
        return plotX() + plotWidth + px(26);
    }

    private int titleEnd() {
        return plotX() + (int) Math.ceil(title.isEmpty() ? 0 : Canvas.textWidth(title, titleSize()));
    }

    private int px(int atBaseSize) {
        return (int) Math.round(atBaseSize * unit);
    }

    private double textSize() {
        return 11 * unit;
    }

    private double titleSize() {
        return 14 * unit;
    }
}
