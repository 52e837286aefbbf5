package org.fus.hardware.live;

import java.util.Objects;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.Product;

/**
 * A map for people to look at, made of the same images as the map of the recipe when it is shown.
 *
 * @param name by which {@link LiveMaps#view} finds it
 * @param clutter the filter before it
 * @param product the map
 */
public record LiveView(String name, Clutter clutter, Product product) {
    /** Mean envelope of the frames as they are. */
    public static final LiveView BMODE = new LiveView("bmode", new Clutter.None(), Product.BMODE);

    /** Checks that nothing is missing. */
    public LiveView {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(clutter, "clutter");
        Objects.requireNonNull(product, "product");
    }

    /**
     * Axial velocity of the blood.
     *
     * @param clutter what removes tissue
     * @return the view {@code color}
     */
    public static LiveView color(Clutter clutter) {
        return new LiveView("color", clutter, Product.COLOR);
    }
}
