package org.fus.io.nifti;

import java.util.Map;
import java.util.Optional;
import org.fus.io.content.SampleType;

/** The codes of the types of values that the SDK knows too. */
final class NiftiTypes {
    private static final Map<Integer, SampleType> BY_CODE = Map.ofEntries(
            Map.entry(2, SampleType.UINT8),
            Map.entry(4, SampleType.INT16),
            Map.entry(8, SampleType.INT32),
            Map.entry(16, SampleType.FLOAT32),
            Map.entry(32, SampleType.COMPLEX64),
            Map.entry(64, SampleType.FLOAT64),
            Map.entry(256, SampleType.INT8),
            Map.entry(512, SampleType.UINT16),
            Map.entry(768, SampleType.UINT32),
            Map.entry(1024, SampleType.INT64),
            Map.entry(1280, SampleType.UINT64),
            Map.entry(1792, SampleType.COMPLEX128));

    private NiftiTypes() {}

    static Optional<SampleType> of(int code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** The code of a type; none for half precision. Truth values go as bytes. */
    static Optional<Integer> code(SampleType type) {
        SampleType stored = type == SampleType.BOOL ? SampleType.UINT8 : type;
        return BY_CODE.entrySet().stream()
                .filter(e -> e.getValue() == stored)
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
