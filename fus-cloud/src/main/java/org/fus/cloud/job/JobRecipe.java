package org.fus.cloud.job;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.fus.cloud.internal.Json;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.ProcessingRecipe;
import org.fus.core.pipeline.Product;
import org.fus.io.recipe.RecipeJson;

/** What a job computes. Immutable. */
public sealed interface JobRecipe {
    /**
     * Channel data to a map.
     *
     * @param recipe the whole chain
     */
    record FromChannels(ProcessingRecipe recipe) implements JobRecipe {
        /** Checks that nothing is missing. */
        public FromChannels {
            Objects.requireNonNull(recipe, "recipe");
        }
    }

    /**
     * An IQ ensemble to a map.
     *
     * @param clutter the filter
     * @param product the map
     */
    record FromImages(Clutter clutter, Product product) implements JobRecipe {
        /** Checks that nothing is missing. */
        public FromImages {
            Objects.requireNonNull(clutter, "clutter");
            Objects.requireNonNull(product, "product");
        }
    }

    /**
     * The recipe in a few words.
     *
     * @return such as {@code power, svd:40, 128 x 97 pixels}
     */
    default String summary() {
        return switch (this) {
            case FromChannels c ->
                c.recipe().product().text() + ", " + c.recipe().clutter().text() + ", "
                        + c.recipe().grid().nx() + " x " + c.recipe().grid().nz() + " pixels";
            case FromImages i -> i.product().text() + ", " + i.clutter().text();
        };
    }

    /**
     * The recipe as maps and texts, for JSON.
     *
     * @return one entry, {@code channels} or {@code images}
     */
    default Map<String, Object> toContent() {
        return switch (this) {
            case FromChannels c ->
                Map.of(
                        "channels",
                        Json.read("recipe", RecipeJson.write(c.recipe()).getBytes(StandardCharsets.UTF_8))
                                .node());
            case FromImages i -> {
                Map<String, Object> images = new LinkedHashMap<>();
                images.put("clutter", i.clutter().text());
                images.put("product", i.product().text());
                yield Map.of("images", images);
            }
        };
    }

    /**
     * Reads a recipe.
     *
     * @param resource for messages
     * @param text JSON of {@link #toContent}
     * @return the recipe
     * @throws org.fus.core.error.FusFormatException when it is none
     */
    static JobRecipe read(String resource, String text) {
        Json json = Json.read(resource, text.getBytes(StandardCharsets.UTF_8));
        if (json.node().has("channels")) {
            return new FromChannels(
                    RecipeJson.read(resource, json.object("channels").node().toString()));
        }
        Json images = json.object("images");
        try {
            return new FromImages(Clutter.parse(images.text("clutter")), Product.parse(images.text("product")));
        } catch (IllegalArgumentException e) {
            throw images.failure("images", "a clutter filter and a product", e.getMessage());
        }
    }
}
