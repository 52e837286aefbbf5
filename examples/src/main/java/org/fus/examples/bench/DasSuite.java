package org.fus.examples.bench;

import java.util.List;
import java.util.Optional;

/** Delay-and-sum of one workload in several forms, one thread. */
final class DasSuite implements BenchSuite {
    @Override
    public String name() {
        return "delay-and-sum";
    }

    @Override
    public Optional<YardstickProgram> program() {
        return Optional.of(YardstickProgram.DAS);
    }

    @Override
    public List<BenchWork> prepare() {
        return List.of(DasWorkload.create(), new DasFrameWorkload());
    }
}
