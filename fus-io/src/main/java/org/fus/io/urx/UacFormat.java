package org.fus.io.urx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fus.core.error.FusException;
import org.fus.core.error.FusFormatException;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.FiringGroup;
import org.fus.core.sequence.ProgramUnit;
import org.fus.io.content.Content;
import org.fus.io.content.FileFormat;
import org.fus.io.content.FileHead;
import org.fus.io.content.OpenOptions;
import org.fus.io.content.Origin;
import org.fus.io.info.Sidecar;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.source.ByteSource;

/**
 * Reads UAC, the acquisition programs of Moduleus: groups, super-groups, links, triggers, settings of the device. Units have
 * the names of their descriptions where these tell them apart, otherwise {@code g0}, {@code g1}, {@code s0} and so on.
 */
public final class UacFormat implements FileFormat {
    static final String NAME = "Moduleus UAC";

    /** Makes the reader. */
    public UacFormat() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(".uac");
    }

    @Override
    public boolean recognises(FileHead head) {
        return head.hasNode(UrxNodes.ACQUISITION) && UrxFormat.isUac(head.source());
    }

    @Override
    public Content open(ByteSource source, OpenOptions options) {
        UrxNodes uac = new UrxNodes(Hdf.open(source));
        return read(uac, uac.description());
    }

    static Content read(UrxNodes uac, Optional<Sidecar> description) {
        try {
            Content.Program read = new UacPrograms(uac).read();
            Optional<Sidecar> own =
                    description.filter(d -> d.kind().equals("program") && alike(d.program(), read.program()));
            if (own.isPresent()) {
                Origin o = read.origin();
                return new Content.Program(
                        new Origin(
                                o.file(),
                                o.format(),
                                "",
                                own.get().metadata(),
                                own.get().warnings()),
                        own.get().program(),
                        own.get().probe());
            }
            Map<String, Object> kept = new UrxMetadata(uac, true).read();
            Map<String, Object> metadata = new LinkedHashMap<>();
            if (!kept.isEmpty()) {
                metadata.put(UrxMetadata.ENTRY, kept);
            }
            Origin o = read.origin();
            return read.withOrigin(new Origin(o.file(), o.format(), "", metadata, o.warnings()));
        } catch (FusException e) {
            throw e;
        } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new FusFormatException(uac.file(), UrxNodes.ACQUISITION, String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether a description tells of the program that is there: the same units, schedules, settings, and firings. */
    private static boolean alike(AcquisitionProgram own, AcquisitionProgram read) {
        boolean same = own.units().size() == read.units().size()
                && own.first().equals(read.first())
                && own.control().equals(read.control());
        for (int i = 0; same && i < own.units().size(); i++) {
            ProgramUnit a = own.units().get(i);
            ProgramUnit b = read.units().get(i);
            same = a.name().equals(b.name()) && a.schedule().equals(b.schedule()) && alike(a, b);
        }
        return same;
    }

    private static boolean alike(ProgramUnit a, ProgramUnit b) {
        if (a instanceof FiringGroup f && b instanceof FiringGroup g) {
            return f.events().equals(g.events())
                    && f.receive().samples() == g.receive().samples()
                    && f.receive().samplingFrequencyHz() == g.receive().samplingFrequencyHz();
        }
        return a.equals(b);
    }
}
