package org.fus.examples.command;

import org.fus.core.pipeline.Clutter;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A clutter filter as people write it: {@code svd:40} or {@code none}. */
final class ClutterConverter implements ITypeConverter<Clutter> {
    @Override
    public Clutter convert(String text) {
        try {
            return Clutter.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
