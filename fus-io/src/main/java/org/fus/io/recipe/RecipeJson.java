package org.fus.io.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.fus.core.beamforming.BeamformingMethod;
import org.fus.core.beamforming.Compounding;
import org.fus.core.beamforming.DasOptions;
import org.fus.core.beamforming.FNumber;
import org.fus.core.beamforming.Interpolation;
import org.fus.core.beamforming.Normalization;
import org.fus.core.beamforming.ReceiveWindow;
import org.fus.core.beamforming.TimeCorrections;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.Demodulation;
import org.fus.core.pipeline.ProcessingRecipe;
import org.fus.core.pipeline.Product;
import org.fus.core.sequence.TransmitModel;

/**
 * A {@link ProcessingRecipe} as one JSON object. Every choice stands in it, in SI units, so that it means the same for
 * another version with other defaults; what is read back equals what was written, exactly.
 */
public final class RecipeJson {
    /** The layout, in the entry {@code schema}. */
    public static final String SCHEMA = "fus-recipe/1";

    private static final int MAX_CHARACTERS = 1 << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private RecipeJson() {}

    /**
     * Writes a recipe.
     *
     * @param recipe the chain
     * @return indented JSON, the same for equal recipes
     * @throws FusUnsupportedException when a choice has no text form, such as a smoothing other than the usual one
     */
    public static String write(ProcessingRecipe recipe) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("schema", SCHEMA);
        out.put("grid", grid(recipe.grid()));
        out.put("das", das(recipe.das()));
        out.put("method", recipe.method().text());
        out.put("compounding", name(compounding(recipe.method())));
        out.put(
                "demodulation",
                switch (recipe.demodulation()) {
                    case Demodulation.ZeroPhase z -> "zero-phase";
                    case Demodulation.Fir f -> "fir:" + f.decimation();
                });
        out.put("clutter", recipe.clutter().text());
        out.put("product", recipe.product().text());
        String text = text(out);
        if (!read("recipe", text).equals(recipe)) {
            throw new FusUnsupportedException("the recipe has a choice that has no text form (method "
                    + recipe.method().text() + ", clutter "
                    + recipe.clutter().text() + ", product " + recipe.product().text()
                    + "); use the usual parameters of that step");
        }
        return text;
    }

    /**
     * Reads a recipe.
     *
     * @param resource for messages
     * @param text what {@link #write} gave, or somebody wrote
     * @return the chain
     * @throws org.fus.core.error.FusFormatException when it is none; the message names the entry
     */
    public static ProcessingRecipe read(String resource, String text) {
        RecipeNode node = parse(resource, text);
        node.text("schema", s -> {
            if (!s.equals(SCHEMA)) {
                throw new IllegalArgumentException("expected " + SCHEMA);
            }
            return s;
        });
        Compounding compounding = node.text("compounding", constant(Compounding.class));
        return node.checked(
                "recipe",
                () -> new ProcessingRecipe(
                        grid(node.object("grid")),
                        das(node.object("das")),
                        node.text("method", m -> BeamformingMethod.parse(m, compounding)),
                        node.text("demodulation", RecipeJson::demodulation),
                        node.text("clutter", Clutter::parse),
                        node.text("product", Product::parse)));
    }

    private static RecipeNode parse(String resource, String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw RecipeNode.failure(
                    resource,
                    "/",
                    "a text of " + text.length() + " characters (expected at most " + MAX_CHARACTERS + ")");
        }
        try {
            JsonNode node = JSON.readTree(text);
            return RecipeNode.of(resource, "/", node);
        } catch (JsonProcessingException e) {
            throw RecipeNode.failure(resource, "/", "no JSON: " + e.getOriginalMessage());
        }
    }

    private static String text(Map<String, Object> value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts and numbers have a JSON form", e);
        }
    }

    private static Map<String, Object> grid(PixelGrid g) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("x0M", g.x0M());
        out.put("y0M", g.y0M());
        out.put("z0M", g.z0M());
        out.put("dxM", g.dxM());
        out.put("dyM", g.dyM());
        out.put("dzM", g.dzM());
        out.put("nx", g.nx());
        out.put("ny", g.ny());
        out.put("nz", g.nz());
        return out;
    }

    private static PixelGrid grid(RecipeNode g) {
        return g.checked(
                "grid",
                () -> new PixelGrid(
                        g.number("x0M"),
                        g.number("y0M"),
                        g.number("z0M"),
                        g.number("dxM"),
                        g.number("dyM"),
                        g.number("dzM"),
                        g.whole("nx"),
                        g.whole("ny"),
                        g.whole("nz")));
    }

    private static Map<String, Object> das(DasOptions d) {
        Map<String, Object> out = new LinkedHashMap<>();
        switch (d.fNumber()) {
            case FNumber.Fixed f -> {
                out.put("fNumberLateral", f.lateral());
                out.put("fNumberElevation", f.elevation());
            }
            case FNumber.Directivity f -> out.put("directivityLevel", f.level());
        }
        out.put("window", d.window().name());
        out.put("minimumApertureM", d.minimumApertureM());
        out.put("acceptanceRad", d.acceptanceRad());
        out.put("interpolation", name(d.interpolation()));
        out.put("normalization", name(d.normalization()));
        out.put("transmitModel", name(d.transmitModel()));
        out.put("timeZeroS", d.corrections().timeZeroS());
        out.put("pulsePeakS", d.corrections().pulsePeakS());
        out.put("lensThicknessM", d.corrections().lens().thicknessM());
        out.put("lensSoundSpeedMPerS", d.corrections().lens().soundSpeedMPerS());
        if (!Double.isNaN(d.soundSpeedMPerS())) {
            out.put("soundSpeedMPerS", d.soundSpeedMPerS());
        }
        out.put("memoryBudgetBytes", d.memoryBudgetBytes());
        return out;
    }

    private static DasOptions das(RecipeNode d) {
        return d.checked(
                "das",
                () -> new DasOptions(
                        d.has("directivityLevel")
                                ? new FNumber.Directivity(d.number("directivityLevel"))
                                : new FNumber.Fixed(d.number("fNumberLateral"), d.number("fNumberElevation")),
                        d.text("window", ReceiveWindow::parse),
                        d.number("minimumApertureM"),
                        d.number("acceptanceRad"),
                        d.text("interpolation", constant(Interpolation.class)),
                        d.text("normalization", constant(Normalization.class)),
                        d.text("transmitModel", constant(TransmitModel.class)),
                        new TimeCorrections(
                                d.number("timeZeroS"),
                                d.number("pulsePeakS"),
                                new TimeCorrections.Lens(d.number("lensThicknessM"), d.number("lensSoundSpeedMPerS"))),
                        d.has("soundSpeedMPerS") ? d.number("soundSpeedMPerS") : Double.NaN,
                        d.longWhole("memoryBudgetBytes")));
    }

    private static Compounding compounding(BeamformingMethod method) {
        return switch (method) {
            case BeamformingMethod.Adaptive a -> a.compounding();
            case BeamformingMethod.Das d -> Compounding.COHERENT;
            case BeamformingMethod.Fk f -> Compounding.COHERENT;
        };
    }

    private static Demodulation demodulation(String text) {
        if (text.equals("zero-phase")) {
            return new Demodulation.ZeroPhase();
        }
        if (text.matches("fir:[1-9]\\d{0,3}")) {
            return new Demodulation.Fir(Integer.parseInt(text.substring(4)));
        }
        throw new IllegalArgumentException("expected zero-phase or fir:DECIMATION");
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>> Function<String, E> constant(Class<E> type) {
        return text -> {
            for (E value : type.getEnumConstants()) {
                if (name(value).equals(text)) {
                    return value;
                }
            }
            throw new IllegalArgumentException("expected one of "
                    + java.util.Arrays.stream(type.getEnumConstants())
                            .map(RecipeJson::name)
                            .toList());
        };
    }
}
