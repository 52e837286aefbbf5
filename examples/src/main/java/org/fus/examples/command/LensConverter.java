package org.fus.examples.command;

import org.fus.core.beamforming.TimeCorrections.Lens;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A lens as people write it: thickness in millimetres, speed of sound in metres per second. */
final class LensConverter implements ITypeConverter<Lens> {
    @Override
    public Lens convert(String text) {
        String[] parts = text.split(":", -1);
        try {
            if (parts.length == 2) {
                return new Lens(Double.parseDouble(parts[0]) * 1e-3, Double.parseDouble(parts[1]));
            }
        } catch (NumberFormatException e) {
            throw unreadable(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
        throw unreadable(text);
    }

    private static TypeConversionException unreadable(String text) {
        return new TypeConversionException(
                "'" + text + "' is no lens; expected its thickness in mm and speed in m/s, such as 0.5:1000");
    }
}
