package org.fus.examples.command;

import org.fus.core.pipeline.Product;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A map as people write it: {@code power}, {@code color}, {@code band:1:5}. */
final class ProductConverter implements ITypeConverter<Product> {
    @Override
    public Product convert(String text) {
        try {
            return Product.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
