package org.fus.examples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fus.core.data.IqEnsemble;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.Product;

/** Every clutter filter to power Doppler, and every Doppler map without a filter, on the same ensemble, one thread. */
final class FilterSuite implements BenchSuite {
    private static final List<String> FILTERS = List.of(
            "none",
            "svd:40",
            "svd-auto:similarity",
            "svd-auto:turning-point",
            "svd-local:32x32:20",
            "butterworth:40:4",
            "fir:40:31",
            "poly:4",
            "dct:4");

    private static final List<String> MAPS =
            List.of("power", "signed", "directional", "color", "variance", "band:-5:-1", "bmode");

    @Override
    public String name() {
        return "clutter filters and maps";
    }

    @Override
    public Optional<YardstickProgram> program() {
        return Optional.empty();
    }

    @Override
    public List<BenchWork> prepare() {
        IqEnsemble ensemble = SvdInput.of(60).ensemble();
        List<BenchWork> rows = new ArrayList<>();
        for (String filter : FILTERS) {
            rows.add(new FilterWork(
                    "filter " + filter, ensemble, Clutter.parse(filter).filter(), Product.POWER));
        }
        for (String map : MAPS) {
            rows.add(
                    new FilterWork("map " + map, ensemble, Clutter.parse("none").filter(), Product.parse(map)));
        }
        return rows;
    }
}
