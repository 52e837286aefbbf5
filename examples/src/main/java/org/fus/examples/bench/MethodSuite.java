package org.fus.examples.bench;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fus.core.data.IqData;

/** Every beamforming method on the same data, one thread. */
final class MethodSuite implements BenchSuite {
    @Override
    public String name() {
        return "beamforming methods";
    }

    @Override
    public Optional<YardstickProgram> program() {
        return Optional.empty();
    }

    @Override
    public List<BenchWork> prepare() {
        IqData data = MethodWork.data();
        return Stream.of("das", "cf", "gcf", "pcf", "slsc", "dmas", "fdmas", "fk", "capon")
                .<BenchWork>map(method -> MethodWork.of(method, data))
                .toList();
    }
}
