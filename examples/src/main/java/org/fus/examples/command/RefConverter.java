package org.fus.examples.command;

import org.fus.cloud.store.AcquisitionRef;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code rat1}, {@code rat1@2} or {@code rat1@published}. */
final class RefConverter implements ITypeConverter<AcquisitionRef> {
    @Override
    public AcquisitionRef convert(String text) {
        try {
            return AcquisitionRef.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
