package org.fus.io.nifti;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An extension of a header: opaque bytes of another program under its registered code. They are kept and come back.
 *
 * @param code registered code
 * @param base64 the bytes, base64 (RFC 4648)
 */
record NiftiExtension(int code, String base64) {
    static NiftiExtension of(int code, byte[] data) {
        return new NiftiExtension(code, Base64.getEncoder().encodeToString(data));
    }

    /** As plain values of metadata. */
    Map<String, Object> plain() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("code", (long) code);
        out.put("base64", base64);
        return out;
    }

    /** Out of plain values of metadata; nothing when they are none. */
    static Optional<NiftiExtension> ofPlain(Object value) {
        if (value instanceof Map<?, ?> m
                && m.get("code") instanceof Number code
                && m.get("base64") instanceof String text) {
            try {
                Base64.getDecoder().decode(text);
                return Optional.of(new NiftiExtension(code.intValue(), text));
            } catch (IllegalArgumentException noBase64) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    byte[] data() {
        return Base64.getDecoder().decode(base64);
    }

    /** Its size in a file, a multiple of 16. */
    int paddedBytes() {
        return (data().length + 8 + 15) / 16 * 16;
    }
}
