package org.fus.examples.bench;

import java.util.List;
import java.util.Optional;
import org.fus.core.signal.BatchFft;

/** Batched complex transforms of 1024 samples against FFTW, one thread, in place. */
final class FftSuite implements BenchSuite {
    @Override
    public String name() {
        return "Fourier transform";
    }

    @Override
    public Optional<YardstickProgram> program() {
        return Optional.of(YardstickProgram.FFT);
    }

    @Override
    public List<BenchWork> prepare() {
        return List.of(new Batch());
    }

    /** The same numbers as in C++, with the records of a batch side by side. */
    private static final class Batch implements BenchWork {
        private static final int RECORDS = 45056;
        private static final int LENGTH = 1024;
        private static final int PER_BATCH = BatchFft.SAMPLE_FLOATS * LENGTH;

        /** Elements of a large array begin 16 bytes after a multiple of 64. */
        private static final int BASE = 12;

        private final BatchFft fft = BatchFft.ofLength(LENGTH);
        private final BatchFft.Work work = fft.newWork();
        private final float[] data = new float[BASE + 2 * RECORDS * LENGTH];

        @Override
        public String name() {
            return "FFT of 1024, complex float32";
        }

        @Override
        public List<String> variants() {
            return List.of("fftw");
        }

        @Override
        public Target target() {
            return new Target(0.9, 1);
        }

        @Override
        public int unitsPerCall() {
            return RECORDS / 1024;
        }

        @Override
        public String unit() {
            return "1024 records";
        }

        @Override
        public void prepareCall() {
            for (int i = 0; i < 2 * RECORDS * LENGTH; i++) {
                data[place(i)] = HashedSamples.at(i);
            }
        }

        @Override
        public void run() {
            for (int at = BASE; at < data.length; at += PER_BATCH) {
                fft.forward(data, at, work);
            }
        }

        @Override
        public double checksum() {
            double sum = 0;
            for (int i = 0; i < 2 * RECORDS * LENGTH; i += 97) {
                sum += Math.abs(data[place(i)]);
            }
            return sum;
        }

        @Override
        public long outputBytes() {
            return 0;
        }

        /** Where value {@code i} of {@code [record][sample][re, im]} stands. */
        private static int place(int i) {
            int record = i / (2 * LENGTH);
            int sample = i % (2 * LENGTH) / 2;
            return BASE
                    + record / BatchFft.RECORDS * PER_BATCH
                    + BatchFft.SAMPLE_FLOATS * sample
                    + i % 2 * BatchFft.RECORDS
                    + record % BatchFft.RECORDS;
        }
    }
}
