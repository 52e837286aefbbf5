package org.fus.io.mat;

import java.util.List;
import java.util.Optional;
import org.fus.io.content.Content;
import org.fus.io.content.Origin;
import org.fus.io.content.StoredArray;
import org.fus.io.info.Sidecar;

/** A bare array that this library wrote: {@code values}, its axes in reverse, with a description of kind {@code array}. */
final class OwnArray implements MatLayout {
    static final String VARIABLE = "values";

    @Override
    public String what() {
        return "values";
    }

    @Override
    public boolean fits(List<String> names) {
        return names.contains(VARIABLE) && names.contains(MatWriter.DESCRIPTION);
    }

    @Override
    public Content read(MatFile file) {
        StoredArray array = file.numbers(VARIABLE, "numbers").stored();
        Optional<Sidecar> own = MatWriter.description(file)
                .filter(d -> d.kind().equals("array") && padded(d.shape()).equals(array.shape()));
        // MATLAB has no fewer than two axes; the description knows how many there were.
        StoredArray shaped = own.map(d -> array.reshaped(d.shape())).orElse(array);
        Origin origin = new Origin(
                file.name(),
                format(file),
                array.type().label(),
                own.map(Sidecar::metadata).orElse(java.util.Map.of()),
                own.map(Sidecar::warnings).orElse(List.of()));
        return new Content.Array(origin, shaped);
    }

    /** The shape with the axes of length 1 that MATLAB adds. */
    static List<Long> padded(List<Long> shape) {
        return switch (shape.size()) {
            case 0 -> List.of(1L, 1L);
            case 1 -> List.of(1L, shape.getFirst());
            default -> shape;
        };
    }
}
