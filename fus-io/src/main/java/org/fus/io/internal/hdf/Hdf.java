package org.fus.io.internal.hdf;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Link;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.links.SoftLink;
import java.lang.reflect.Array;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.fus.core.error.FusException;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.io.source.ByteSource;

/**
 * An HDF5 file by the paths of its nodes, such as {@code acqMetaData/time}. Nothing needs closing; safe for use by many
 * threads. Every failure is one of the SDK and names file and node.
 */
public final class Hdf {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};

    /** The first place of the signature behind a user block; later ones are at its doubles. */
    private static final long FIRST_USER_BLOCK = 512;

    private static final int MAX_LINKS = 16;

    private final ByteSource source;
    private final SourceChannel channel;
    private HdfFile file;

    private Hdf(ByteSource source) {
        this.source = source;
        this.channel = new SourceChannel(source);
    }

    /** Whether the signature stands at one of the places where it may. */
    public static boolean hasSignature(ByteSource source) {
        byte[] at = new byte[SIGNATURE.length];
        for (long offset = 0; offset <= source.size() - at.length; offset = Math.max(FIRST_USER_BLOCK, 2 * offset)) {
            source.read(offset, ByteBuffer.wrap(at));
            if (Arrays.equals(at, SIGNATURE)) {
                return true;
            }
        }
        return false;
    }

    /** Opens a file: reads its superblock and the head of its root group. */
    public static Hdf open(ByteSource source) {
        Hdf hdf = new Hdf(source);
        hdf.file = hdf.guarded("HDF5 structure", () -> new HdfFile(hdf.channel, URI.create("source:/")));
        return hdf;
    }

    /** The same for a file that may be damaged. */
    public static Optional<Hdf> tryOpen(ByteSource source) {
        try {
            return Optional.of(open(source));
        } catch (FusFormatException e) {
            return Optional.empty();
        }
    }

    /** The bytes of the file. */
    public ByteSource source() {
        return source;
    }

    /** Whether there is such a node. */
    public boolean has(String path) {
        return guarded(path, () -> find(path).isPresent());
    }

    /** The same for a file that may be damaged. */
    public boolean tryHas(String path) {
        try {
            return has(path);
        } catch (FusFormatException e) {
            return false;
        }
    }

    /** Whether there is such a group. */
    public boolean isGroup(String path) {
        return guarded(path, () -> find(path).orElse(null) instanceof Group);
    }

    /** Names of the children of a group in the order of the file; of the root for an empty path. */
    public List<String> children(String path) {
        return guarded(path, () -> {
            if (find(path).orElse(null) instanceof Group group) {
                return List.copyOf(group.getChildren().keySet());
            }
            throw failure(path, "expected a group, got " + what(path));
        });
    }

    /** A data set of numbers, read in parts. */
    public HdfArray array(String path) {
        return guarded(path, () -> HdfArray.of(this, path, dataset(path)));
    }

    /** All numbers of a data set, row-major; at most what the heap holds. */
    public double[] numbers(String path) {
        return array(path).doubles();
    }

    /** The one number of a data set. */
    public double number(String path) {
        HdfArray array = array(path);
        if (array.size() != 1) {
            throw failure(path, "expected one number, got shape " + array.shape());
        }
        return array.doubles()[0];
    }

    /** The one number of a data set; another value when there is no such node. */
    public double number(String path, double absent) {
        return has(path) ? number(path) : absent;
    }

    /**
     * The first text of a data set of strings, fixed or variable, or of the codes of its characters, without the NULs and
     * blanks around it.
     */
    public String text(String path) {
        return guarded(path, () -> {
            Dataset d = dataset(path);
            if (d.getJavaType() == String.class) {
                requirePossible(path, d);
                return firstText(path, d.getData());
            }
            double[] codes = HdfArray.of(this, path, d).doubles();
            StringBuilder text = new StringBuilder(codes.length);
            for (double code : codes) {
                if (!(code >= 0 && code <= Character.MAX_CODE_POINT)) {
                    throw failure(path, "expected a text, got the number " + code);
                }
                text.appendCodePoint((int) code);
            }
            return trimmed(text.toString());
        });
    }

    /** The text of a data set; another when there is no such node. */
    public String text(String path, String absent) {
        return has(path) ? text(path) : absent;
    }

    /** Whether there is a data set of texts. */
    public boolean isText(String path) {
        return guarded(path, () -> find(path).orElse(null) instanceof Dataset d && d.getJavaType() == String.class);
    }

    /** Whether there is a data set without axes. */
    public boolean isScalar(String path) {
        return guarded(path, () -> find(path).orElse(null) instanceof Dataset d && d.getDimensionsAsLong().length == 0);
    }

    /** Whether the values of a data set have a checksum. */
    boolean hasChecksum(String path) {
        return guarded(
                path,
                () -> find(path).orElse(null) instanceof ChunkedDataset d
                        && d.getFilters().stream().anyMatch(f -> f.getId() == HdfChunks.FLETCHER32));
    }

    /** All texts of a data set of strings, row-major, as they are. */
    public List<String> texts(String path) {
        return guarded(path, () -> {
            Dataset d = dataset(path);
            if (d.getSize() == 0) {
                return List.of();
            }
            requirePossible(path, d);
            List<String> out = new ArrayList<>();
            collectTexts(path, d.getData(), out);
            return out;
        });
    }

    /** Names of the attributes of a node. */
    public List<String> attributeNames(String path) {
        return guarded(
                path,
                () -> find(path)
                        .map(node -> List.copyOf(node.getAttributes().keySet()))
                        .orElse(List.of()));
    }

    /** Whether an attribute holds texts. */
    public boolean isTextAttribute(String path, String name) {
        return guarded(
                path + "@" + name,
                () -> find(path)
                        .map(node -> node.getAttribute(name))
                        .map(a -> a.getJavaType() == String.class)
                        .orElse(false));
    }

    /** The text of an attribute, of the root for an empty path. */
    public Optional<String> attributeText(String path, String name) {
        return attribute(path, name).map(a -> firstText(path + "@" + name, a));
    }

    /** The numbers of an attribute. */
    public Optional<double[]> attributeNumbers(String path, String name) {
        return attribute(path, name).map(a -> {
            List<Double> out = new ArrayList<>();
            collectNumbers(path + "@" + name, a, out);
            return out.stream().mapToDouble(v -> v).toArray();
        });
    }

    /** A failure at a node, to be thrown. */
    public FusFormatException failure(String path, String problem) {
        return new FusFormatException(source.name(), path.isEmpty() ? "/" : path, problem);
    }

    /** Runs a part of the library, which trusts the lengths, addresses and links of a file and so may fail in any way. */
    <T> T guarded(String path, Supplier<T> work) {
        try {
            synchronized (channel) {
                channel.renewBudget();
                return work.get();
            }
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof FusException known) {
                    throw known;
                }
            }
            throw new FusFormatException(
                    source.name(),
                    path.isEmpty() ? "/" : path,
                    "cannot be read (" + e + "); the file may be damaged: copy it again",
                    e);
        }
    }

    private Dataset dataset(String path) {
        if (find(path).orElse(null) instanceof Dataset d) {
            return d;
        }
        throw failure(path, "expected a data set, got " + what(path) + "; is the file complete?");
    }

    private String what(String path) {
        return find(path).isPresent() ? "a node of another kind" : "no such node";
    }

    private Optional<Object> attribute(String path, String name) {
        return guarded(
                path + "@" + name,
                () -> find(path)
                        .map(node -> node.getAttribute(name))
                        .filter(a -> !a.isEmpty())
                        .map(this::possible)
                        .map(Attribute::getData));
    }

    private Attribute possible(Attribute a) {
        if (a.getSize() < 0 || a.getSize() > source.size()) {
            throw failure(a.getName(), "claims " + a.getSize() + " values in a file of " + source.size() + " bytes");
        }
        return a;
    }

    private void requirePossible(String path, Dataset d) {
        if (d.getSize() < 1 || d.getSizeInBytes() < 0 || d.getSizeInBytes() > source.size()) {
            throw failure(
                    path,
                    "expected a text, got " + d.getSize() + " texts in " + d.getSizeInBytes()
                            + " bytes; the file may be " + "damaged: copy it again");
        }
    }

    private Optional<Node> find(String path) {
        Node node = file;
        if (path.isEmpty()) {
            return Optional.of(node);
        }
        for (String name : path.split("/", -1)) {
            Node child = node instanceof Group group ? group.getChild(name) : null;
            for (int links = 0; child instanceof Link link; links++) {
                // A link into another file is never followed: it would open any file of the machine.
                if (!(link instanceof SoftLink) || links == MAX_LINKS) {
                    throw new FusUnsupportedFormatException(
                            source.name(),
                            path,
                            "is a link out of the file or in a circle (expected a node); copy the data"
                                    + " into the file");
                }
                child = link.getTarget();
            }
            if (child == null) {
                return Optional.empty();
            }
            node = child;
        }
        return Optional.of(node);
    }

    private String firstText(String path, Object data) {
        Object first = data;
        while (first != null && first.getClass().isArray() && Array.getLength(first) > 0) {
            first = Array.get(first, 0);
        }
        if (first instanceof String text) {
            return trimmed(text);
        }
        throw failure(
                path,
                "expected a text, got "
                        + (first == null ? "nothing" : first.getClass().getSimpleName()));
    }

    private void collectTexts(String path, Object data, List<String> out) {
        if (data instanceof String text) {
            out.add(text);
        } else if (data != null && data.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(data); i++) {
                collectTexts(path, Array.get(data, i), out);
            }
        } else {
            throw failure(path, "expected texts, got " + (data == null ? "nothing" : data.getClass()));
        }
    }

    private static String trimmed(String text) {
        return text.replace("\0", "").strip();
    }

    private void collectNumbers(String path, Object data, List<Double> out) {
        if (data instanceof Number n) {
            out.add(n.doubleValue());
        } else if (data != null && data.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(data); i++) {
                collectNumbers(path, Array.get(data, i), out);
            }
        } else {
            throw failure(path, "expected numbers, got " + (data == null ? "nothing" : data.getClass()));
        }
    }
}
