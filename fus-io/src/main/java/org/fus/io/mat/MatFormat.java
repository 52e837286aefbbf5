package org.fus.io.mat;

import java.util.List;
import java.util.stream.Collectors;
import org.fus.core.error.FusFormatException;
import org.fus.io.content.Content;
import org.fus.io.content.FileFormat;
import org.fus.io.content.FileHead;
import org.fus.io.content.OpenOptions;
import org.fus.io.source.ByteSource;

/**
 * Reads MATLAB files of version 5 to 7 and 7.3, also under the name {@code .acq}. The names of the variables tell what they
 * are: power Doppler of {@code Acquisition}, {@code Doppler_film}, {@code dop} with {@code timestamps}, or PyfUS
 * ({@code I} and {@code md}); IQ images of PALA ({@code IQ}); channel data of MUST ({@code RF} and {@code param}).
 *
 * <p>What a file does not state is assumed, named in the entry {@code notStated} of the metadata, and said in a warning.
 */
public final class MatFormat implements FileFormat {
    static final String NAME = "MATLAB";
    static final List<String> EXTENSIONS = List.of(".mat", ".acq");

    /** In the order in which they are asked. */
    private static final List<MatLayout> LAYOUTS = List.of(
            new OwnArray(),
            new AcquisitionLayout(),
            new FilmLayout(),
            new PyfusLayout(),
            new PalaLayout(),
            new DopLayout(),
            new MustLayout());

    /** Names shown of a file that fits no layout. */
    private static final int SHOWN = 12;

    /** Makes the reader. */
    public MatFormat() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> extensions() {
        return EXTENSIONS;
    }

    @Override
    public boolean recognises(FileHead head) {
        return head.startsWith(MatFile.TEXT_5)
                || head.startsWith(MatFile.TEXT_73)
                || (EXTENSIONS.stream().anyMatch(head::hasExtension) && head.isHdf5());
    }

    @Override
    public Content open(ByteSource source, OpenOptions options) {
        MatFile file = MatFile.open(source);
        List<String> names = file.names();
        MatLayout layout =
                LAYOUTS.stream().filter(l -> l.fits(names)).findFirst().orElseThrow(() -> unknown(file, names));
        try {
            return layout.read(file);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FusFormatException(
                    source.name(), layout.what(), e.getMessage() + "; correct the variable and save it anew", e);
        }
    }

    @Override
    public String integrity(FileHead head) {
        return head.isHdf5()
                ? FileFormat.super.integrity(head)
                : "every length agrees with the size of the file; the checksum of a compressed variable is verified"
                        + " when its last value is read";
    }

    @Override
    public String verified(FileHead head) {
        return head.isHdf5()
                ? FileFormat.super.verified(head)
                : "all values were read; the checksum (adler32) of each variable that is compressed was compared and is"
                        + " right, others have none";
    }

    private static FusFormatException unknown(MatFile file, List<String> names) {
        String hint = names.contains("ReconSpec")
                ? "these are the parameters of an EchoFrame recording: open the .dat next to this file"
                : "rename the variables, or save the data as one of these";
        return new FusFormatException(
                file.name(),
                "variables",
                "expected "
                        + LAYOUTS.stream().map(MatLayout::what).collect(Collectors.joining("; "))
                        + ", got "
                        + names.subList(0, Math.min(SHOWN, names.size()))
                        + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "")
                        + "; " + hint);
    }
}
