package org.fus.examples.command;

import java.util.Locale;
import org.fus.core.sequence.TransmitModel;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A transmit model by its name with hyphens, such as {@code virtual-source}. */
final class TransmitModelConverter implements ITypeConverter<TransmitModel> {
    @Override
    public TransmitModel convert(String text) {
        try {
            return TransmitModel.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    "no transmit model '" + text + "': expected unified, virtual-source or first-arrival");
        }
    }
}
