package org.fus.core.signal;

import java.util.Objects;
import org.fus.core.internal.kernel.FftKernel;
import org.fus.core.internal.kernel.FftScratch;
import org.fus.core.internal.kernel.FftTables;
import org.fus.core.internal.kernel.KernelProvider;

/**
 * The complex discrete Fourier transform of {@value #RECORDS} records at once, in float32, for lengths that are products
 * of 2, 3 and 5. Records lie side by side, {@code [sample][re x 32 | im x 32]}, so that every operation is one on
 * contiguous values. Errors stay below 1e-6 of the largest value. Immutable and thread-safe.
 *
 * @see Fft for one record, in double precision and of any length
 */
public final class BatchFft {
    /** Records per batch, the frames of a full panel of the engine. */
    public static final int RECORDS = 32;

    /** Floats per sample of a batch. */
    public static final int SAMPLE_FLOATS = 2 * RECORDS;

    private static final int LARGEST = 1 << 20;

    private final FftTables tables;
    private final FftKernel kernel;

    private BatchFft(FftTables tables, FftKernel kernel) {
        this.tables = tables;
        this.kernel = kernel;
    }

    /**
     * Prepares the transform of a length.
     *
     * @param length complex samples per record, a product of 2, 3 and 5 up to 2^20; {@link Fft#fastLength} finds one
     * @return the transform, with its roots computed
     * @throws IllegalArgumentException for another length
     */
    public static BatchFft ofLength(int length) {
        if (length < 1 || length > LARGEST) {
            throw new IllegalArgumentException(
                    "batched Fourier transform of " + length + " samples, expected 1 to " + LARGEST);
        }
        return new BatchFft(FftTables.of(length), KernelProvider.active().fft());
    }

    /**
     * The length that this transform was prepared for.
     *
     * @return complex samples per record
     */
    public int length() {
        return tables.length();
    }

    /**
     * Memory that calls overwrite. One for each thread; a call with it allocates nothing.
     *
     * @return new work space for this length
     */
    public Work newWork() {
        return new Work(tables);
    }

    /**
     * Transforms in place, {@code X[k] = sum over s of x[s] exp(-2 pi j s k / n)}.
     *
     * @param data holds {@code SAMPLE_FLOATS * length()} values
     * @param offset index of the first one; vectors run best from a multiple of 64 bytes
     * @param work made by this transform
     * @throws IndexOutOfBoundsException when the batch does not lie within the array
     */
    public void forward(float[] data, int offset, Work work) {
        transform(false, data, offset, work);
    }

    /**
     * Transforms back in place with {@code exp(+2 pi j s k / n)}, not divided by the length.
     *
     * @param data holds {@code SAMPLE_FLOATS * length()} values
     * @param offset index of the first one
     * @param work made by this transform
     * @throws IndexOutOfBoundsException when the batch does not lie within the array
     */
    public void inverseUnscaled(float[] data, int offset, Work work) {
        transform(true, data, offset, work);
    }

    private void transform(boolean inverse, float[] data, int offset, Work work) {
        Objects.checkFromIndexSize(offset, SAMPLE_FLOATS * length(), data.length);
        if (work.length != length()) {
            throw new IllegalArgumentException(
                    "work space for " + work.length + " samples, expected one made for " + length());
        }
        kernel.transform(tables, inverse, data, offset, RECORDS, 1, work.scratch);
    }

    /** Memory that calls overwrite. Not thread-safe. */
    public static final class Work {
        private final int length;
        private final FftScratch scratch;

        private Work(FftTables tables) {
            this.length = tables.length();
            this.scratch = new FftScratch(tables, RECORDS);
        }
    }
}
