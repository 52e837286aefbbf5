package org.fus.examples.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

/** Native memory on the terms of the yardsticks, which ask the system for huge pages before they touch theirs. */
final class HugePages {
    private static final long PAGE = 2 << 20;
    private static final int MADV_HUGEPAGE = 14;

    private HugePages() {}

    /** Zeroed memory that lives as long as the process; on ordinary pages where the system has no {@code madvise}. */
    @SuppressWarnings("restricted") // the two calls are those of the yardsticks
    static MemorySegment allocate(long bytes) {
        SymbolLookup system = Linker.nativeLinker().defaultLookup();
        if (system.find("madvise").isEmpty() || system.find("aligned_alloc").isEmpty()) {
            return Arena.global().allocate(bytes, Long.BYTES);
        }
        long whole = Math.ceilDiv(bytes, PAGE) * PAGE;
        try {
            MemorySegment memory = (MemorySegment) Linker.nativeLinker()
                    .downcallHandle(
                            system.findOrThrow("aligned_alloc"),
                            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG))
                    .invokeExact(PAGE, whole);
            if (memory.address() == 0) {
                throw new OutOfMemoryError("no native memory for " + whole + " bytes");
            }
            memory = memory.reinterpret(whole);
            int refused = (int) Linker.nativeLinker()
                    .downcallHandle(
                            system.findOrThrow("madvise"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT))
                    .invokeExact(memory, whole, MADV_HUGEPAGE);
            if (refused != 0) {
                System.err.println("the system refuses huge pages; native yardsticks are refused them too");
            }
            return memory.fill((byte) 0).asSlice(0, bytes);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("calling aligned_alloc or madvise failed", e);
        }
    }
}
