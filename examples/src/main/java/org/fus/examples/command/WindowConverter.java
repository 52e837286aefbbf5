package org.fus.examples.command;

import org.fus.core.beamforming.ReceiveWindow;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A window by its name, such as {@code hann} or {@code tukey:0.5}. */
final class WindowConverter implements ITypeConverter<ReceiveWindow> {
    @Override
    public ReceiveWindow convert(String text) {
        try {
            return ReceiveWindow.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
