package org.fus.examples.bench;

import java.util.List;
import java.util.Optional;

/** Clutter filters by singular values, one thread. */
final class SvdSuite implements BenchSuite {
    @Override
    public String name() {
        return "singular value filter";
    }

    @Override
    public Optional<YardstickProgram> program() {
        return Optional.of(YardstickProgram.SVD);
    }

    @Override
    public List<BenchWork> prepare() {
        SvdInput strong = SvdInput.of(60);
        return List.of(SvdWork.accurate(strong), SvdWork.fast(SvdInput.of(30)), new SlidingSvdWork(strong));
    }
}
