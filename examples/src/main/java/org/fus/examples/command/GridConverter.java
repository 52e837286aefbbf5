package org.fus.examples.command;

import org.fus.core.geometry.PixelGrid;
import org.fus.core.geometry.Vector3;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A grid as people write it: {@code X0:X1:NX,Z0:Z1:NZ}, or with Y between for a volume, ends in millimetres, included. */
final class GridConverter implements ITypeConverter<PixelGrid> {
    private static final String FORM =
            "expected X0:X1:NX,Z0:Z1:NZ with ends in mm, such as -6.4:6.4:128,2:14:240 (or X,Y,Z for a volume)";

    @Override
    public PixelGrid convert(String text) {
        String[] axes = text.split(",", -1);
        if (axes.length != 2 && axes.length != 3) {
            throw new TypeConversionException("'" + text + "' has " + axes.length + " axes; " + FORM);
        }
        Axis x = Axis.parse("x", axes[0]);
        Axis z = Axis.parse("z", axes[axes.length - 1]);
        try {
            if (axes.length == 3) {
                Axis y = Axis.parse("y", axes[1]);
                return PixelGrid.box(
                        new Vector3(x.firstM(), y.firstM(), z.firstM()),
                        new Vector3(x.lastM(), y.lastM(), z.lastM()),
                        x.count(),
                        y.count(),
                        z.count());
            }
            return PixelGrid.xz(x.firstM(), x.lastM(), x.count(), z.firstM(), z.lastM(), z.count());
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** One axis; its numbers are in metres. */
    private record Axis(double firstM, double lastM, int count) {
        static Axis parse(String name, String text) {
            String[] parts = text.split(":", -1);
            if (parts.length != 3) {
                throw new TypeConversionException("axis " + name + " is '" + text + "'; " + FORM);
            }
            try {
                Axis axis = new Axis(
                        Double.parseDouble(parts[0]) * 1e-3,
                        Double.parseDouble(parts[1]) * 1e-3,
                        Integer.parseInt(parts[2].strip()));
                axis.check(name);
                return axis;
            } catch (NumberFormatException e) {
                throw new TypeConversionException("axis " + name + " is '" + text
                        + "', which holds something that is not" + " a number, or a count that is not whole; " + FORM);
            }
        }

        private void check(String name) {
            if (!Double.isFinite(firstM) || !Double.isFinite(lastM)) {
                throw new TypeConversionException("axis " + name + " does not end at a finite number; " + FORM);
            }
            if (count < 2) {
                throw new TypeConversionException("axis " + name + " has " + count + " points, expected at least 2");
            }
            if (!(lastM > firstM)) {
                throw new TypeConversionException("axis " + name + " goes from " + firstM * 1e3 + " to " + lastM * 1e3
                        + " mm; its end must lie beyond its start");
            }
        }
    }
}
