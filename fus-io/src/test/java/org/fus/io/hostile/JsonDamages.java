package org.fus.io.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Sound JSON documents in which one entry is not what it should be: missing, of another type or value. */
final class JsonDamages {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> WRONG = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "2147483648",
            "1e400",
            "\"\"",
            "\"nonsense\"",
            "[]",
            "[-1]",
            "[null, \"x\", 0.5, {}]",
            "{}",
            "{\"a\": [1]}");

    private final String file;
    private final Consumer<Damage> out;
    private JsonNode root;

    private JsonDamages(String file, Consumer<Damage> out) {
        this.file = file;
        this.out = out;
    }

    /** Gives one document per entry and fault, one after the other. */
    static void each(String file, byte[] bytes, Consumer<Damage> out) {
        JsonDamages damages = new JsonDamages(file, out);
        try {
            damages.root = MAPPER.readTree(bytes);
            damages.vary("", damages.root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void vary(String path, JsonNode node) throws IOException {
        if (node instanceof ObjectNode object) {
            for (String name : names(object)) {
                JsonNode sound = object.get(name);
                object.remove(name);
                add(path + "/" + name + " missing");
                for (String wrong : WRONG) {
                    object.set(name, MAPPER.readTree(wrong));
                    add(path + "/" + name + " is " + wrong);
                }
                object.set(name, sound);
                vary(path + "/" + name, sound);
            }
        } else if (node instanceof ArrayNode array && !array.isEmpty()) {
            // Entries of a list are alike: the last stands for all.
            int last = array.size() - 1;
            JsonNode sound = array.get(last);
            for (String wrong : WRONG) {
                array.set(last, MAPPER.readTree(wrong));
                add(path + "/" + last + " is " + wrong);
            }
            array.remove(last);
            add(path + " shorter");
            array.add(sound);
            array.add(sound);
            add(path + " longer");
            array.remove(last + 1);
            vary(path + "/" + last, sound);
        }
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private void add(String what) throws IOException {
        out.accept(new Damage.Rewritten(file, what, MAPPER.writeValueAsBytes(root)));
    }
}
