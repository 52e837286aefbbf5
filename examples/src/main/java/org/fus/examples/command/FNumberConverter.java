package org.fus.examples.command;

import org.fus.core.beamforming.FNumber;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An F-number as people write it: a number, or {@code auto}. */
final class FNumberConverter implements ITypeConverter<FNumber> {
    @Override
    public FNumber convert(String text) {
        try {
            return text.equalsIgnoreCase("auto") ? FNumber.automatic() : FNumber.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is no F-number; expected a number such as 1.5, or auto");
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
