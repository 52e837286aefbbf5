package org.fus.cloud.web;

import java.util.Optional;
import org.fus.cloud.job.JobRecipe;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.Product;
import org.fus.io.content.Content;

/** Makes the recipe of a job from the few choices of the page; a host decides grid and beamformer. */
@FunctionalInterface
public interface RecipeMaker {
    /**
     * Makes a recipe.
     *
     * @param input what the job shall work on
     * @param product the map
     * @param clutter the filter, or nothing for the usual one of the product
     * @return the recipe
     * @throws RuntimeException of the SDK or {@link IllegalArgumentException} when input and choices do not fit; the page
     *     shows its message
     */
    JobRecipe recipe(Content input, Product product, Optional<Clutter> clutter);
}
