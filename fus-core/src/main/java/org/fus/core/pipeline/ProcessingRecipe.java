package org.fus.core.pipeline;

import java.util.Objects;
import org.fus.core.beamforming.BeamformingMethod;
import org.fus.core.beamforming.DasOptions;
import org.fus.core.geometry.PixelGrid;

/**
 * The chain from channel data to a map, as data. Immutable.
 *
 * @param grid where the pixels are
 * @param das aperture of the beamformer
 * @param method which beamformer
 * @param demodulation how RF becomes IQ; not used for IQ input
 * @param clutter the filter between beamforming and Doppler
 * @param product the map at the end
 */
public record ProcessingRecipe(
        PixelGrid grid,
        DasOptions das,
        BeamformingMethod method,
        Demodulation demodulation,
        Clutter clutter,
        Product product) {
    /** Checks that nothing is missing. */
    public ProcessingRecipe {
        Objects.requireNonNull(grid, "grid");
        Objects.requireNonNull(das, "das");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(demodulation, "demodulation");
        Objects.requireNonNull(clutter, "clutter");
        Objects.requireNonNull(product, "product");
    }

    /**
     * A chain with delay-and-sum.
     *
     * @param grid where the pixels are
     * @param das aperture of the delay-and-sum
     * @param demodulation how RF becomes IQ; not used for IQ input
     * @param clutter the filter between beamforming and Doppler
     * @param product the map at the end
     */
    public ProcessingRecipe(
            PixelGrid grid, DasOptions das, Demodulation demodulation, Clutter clutter, Product product) {
        this(grid, das, new BeamformingMethod.Das(), demodulation, clutter, product);
    }

    /**
     * The usual chain for a grid: zero-phase demodulation, delay-and-sum with {@link DasOptions#DEFAULTS}, the product's default filter.
     *
     * @param grid where the pixels are
     * @param product the map at the end
     * @return a recipe
     */
    public static ProcessingRecipe of(PixelGrid grid, Product product) {
        return new ProcessingRecipe(
                grid,
                DasOptions.DEFAULTS,
                new BeamformingMethod.Das(),
                new Demodulation.ZeroPhase(),
                product.defaultClutter(),
                product);
    }

    /**
     * The same with other delay-and-sum options.
     *
     * @param value F-number and window
     * @return a changed copy
     */
    public ProcessingRecipe withDas(DasOptions value) {
        return new ProcessingRecipe(grid, value, method, demodulation, clutter, product);
    }

    /**
     * The same with another beamformer.
     *
     * @param value which beamformer
     * @return a changed copy
     */
    public ProcessingRecipe withMethod(BeamformingMethod value) {
        return new ProcessingRecipe(grid, das, value, demodulation, clutter, product);
    }

    /**
     * The same with another demodulation.
     *
     * @param value how RF becomes IQ
     * @return a changed copy
     */
    public ProcessingRecipe withDemodulation(Demodulation value) {
        return new ProcessingRecipe(grid, das, method, value, clutter, product);
    }

    /**
     * The same with another clutter filter.
     *
     * @param value the filter between beamforming and Doppler
     * @return a changed copy
     */
    public ProcessingRecipe withClutter(Clutter value) {
        return new ProcessingRecipe(grid, das, method, demodulation, value, product);
    }

    /**
     * The same chain up to another map; the clutter filter stays.
     *
     * @param value the map at the end
     * @return a changed copy
     */
    public ProcessingRecipe withProduct(Product value) {
        return new ProcessingRecipe(grid, das, method, demodulation, clutter, value);
    }
}
