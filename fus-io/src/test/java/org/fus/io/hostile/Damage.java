package org.fus.io.hostile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** One change to the files of a specimen. */
sealed interface Damage {
    /** The file that it changes. */
    String file();

    /** Whether it changes structure. */
    boolean hits(Structure structure);

    /** The changed bytes of the file; null when it is gone. */
    byte[] of(byte[] bytes);

    /** The files with the change. */
    default Map<String, byte[]> of(Map<String, byte[]> files) {
        Map<String, byte[]> changed = new TreeMap<>(files);
        byte[] bytes = of(files.get(file()));
        if (bytes == null) {
            changed.remove(file());
        } else {
            changed.put(file(), bytes);
        }
        return changed;
    }

    /** The file ends early. */
    record Truncation(String file, int length) implements Damage {
        @Override
        public boolean hits(Structure structure) {
            return structure.isBoundary(file, length) || structure.holds(file, length, length + 1L);
        }

        @Override
        public byte[] of(byte[] bytes) {
            return Arrays.copyOf(bytes, length);
        }
    }

    /** The file is not there. */
    record Missing(String file) implements Damage {
        @Override
        public boolean hits(Structure structure) {
            return true;
        }

        @Override
        public byte[] of(byte[] bytes) {
            return null;
        }
    }

    /** One bit is another. */
    record BitFlip(String file, int at, int bit) implements Damage {
        @Override
        public boolean hits(Structure structure) {
            return structure.holds(file, at, at + 1L);
        }

        @Override
        public byte[] of(byte[] bytes) {
            byte[] out = bytes.clone();
            out[at] ^= (byte) (1 << bit);
            return out;
        }
    }

    /** A length, a count, an offset, a type that is out of all reason. */
    record Overwrite(String file, int at, int bytes, long value, ByteOrder order) implements Damage {
        @Override
        public boolean hits(Structure structure) {
            return structure.holds(file, at, (long) at + bytes);
        }

        @Override
        public byte[] of(byte[] whole) {
            byte[] wide = new byte[Long.BYTES];
            ByteBuffer.wrap(wide).order(order).putLong(value);
            int from = order == ByteOrder.LITTLE_ENDIAN ? 0 : Long.BYTES - bytes;
            byte[] out = whole.clone();
            System.arraycopy(wide, from, out, at, bytes);
            return out;
        }
    }

    /** A part stands in another place too: in HDF5 groups within themselves, types of other nodes. */
    record Transplant(String file, int from, int to, int length) implements Damage {
        @Override
        public boolean hits(Structure structure) {
            return structure.holds(file, to, (long) to + length);
        }

        @Override
        public byte[] of(byte[] bytes) {
            byte[] out = bytes.clone();
            System.arraycopy(bytes, from, out, to, length);
            return out;
        }
    }

    /** A part holds one value only, as blocks of a disk do that were never written. */
    record Fill(String file, int at, int length, byte value) implements Damage {
        @Override
        public boolean hits(Structure structure) {
            return structure.holds(file, at, (long) at + length);
        }

        @Override
        public byte[] of(byte[] bytes) {
            byte[] out = bytes.clone();
            Arrays.fill(out, at, at + length, value);
            return out;
        }
    }

    /** Text that is hard to parse stands in the file, in place of some bytes. */
    record Insertion(String file, int at, int replaced, Text text) implements Damage {
        /** What is inserted. */
        enum Text {
            DEEP_LISTS("[".repeat(20_000)),
            DEEP_OBJECTS("{\"a\":".repeat(5_000)),
            HUGE_NUMBER("1e999999999"),
            LONG_NUMBER("9".repeat(5_000)),
            NEGATIVE("-1"),
            BEYOND_INT("2147483648"),
            BEYOND_LONG("9223372036854775808"),
            NOT_A_NUMBER("NaN"),
            NULL("null"),
            LONG_STRING("\"" + "x".repeat(100_000) + "\""),
            HALF_CHARACTER("\"\\ud83d\""),
            EMPTY_LIST("[]"),
            QUOTE("\""),
            LINE("\n");

            final String written;

            Text(String written) {
                this.written = written;
            }
        }

        @Override
        public boolean hits(Structure structure) {
            return structure.holds(file, at, at + Math.max(1L, replaced));
        }

        @Override
        public byte[] of(byte[] bytes) {
            byte[] inserted = text.written.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            byte[] out = new byte[bytes.length - replaced + inserted.length];
            System.arraycopy(bytes, 0, out, 0, at);
            System.arraycopy(inserted, 0, out, at, inserted.length);
            System.arraycopy(bytes, at + replaced, out, at + inserted.length, bytes.length - at - replaced);
            return out;
        }
    }

    /** The file is sound as far as its container goes, but an entry or a node is not what it should be. */
    final class Rewritten implements Damage {
        private final String file;
        private final String what;
        private final byte[] bytes;

        Rewritten(String file, String what, byte[] bytes) {
            this.file = file;
            this.what = what;
            this.bytes = bytes;
        }

        @Override
        public String file() {
            return file;
        }

        @Override
        public boolean hits(Structure structure) {
            return true;
        }

        @Override
        public byte[] of(byte[] sound) {
            return bytes;
        }

        @Override
        public String toString() {
            return "Rewritten[" + file + ": " + what + "]";
        }
    }
}
