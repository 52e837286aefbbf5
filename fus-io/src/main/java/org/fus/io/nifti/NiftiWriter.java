package org.fus.io.nifti;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.ImageGrid;
import org.fus.core.geometry.OrientedGrid;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.geometry.PointGrid;
import org.fus.core.geometry.PolarGrid;
import org.fus.io.content.Content;
import org.fus.io.content.ContentWriter;
import org.fus.io.content.WriteOptions;
import org.fus.io.info.FileInfo;
import org.fus.io.source.AtomicFile;

/**
 * Writes images with their fUSI-BIDS sidecar: series, ensembles (complex), maps, and bare arrays of up to 7 axes. Values
 * keep the type that they had in the file they come from as long as it holds them exactly. The sidecar has, besides the
 * fields of fUSI-BIDS, the description of the SDK under {@code FusSdk}, so that everything comes back exactly.
 *
 * <p>Version 1 unless an axis is longer than 32767, then version 2. The qform holds the place of the voxels; a map that a
 * qform cannot hold goes into the sform as well.
 */
public final class NiftiWriter implements ContentWriter {
    private static final String PACKED = ".nii.gz";
    private static final int LONGEST_AXIS_1 = Short.MAX_VALUE;
    private static final int MAX_AXES = 7;
    private static final int SCANNER_SPACE = 1;
    private static final int MM_AND_SECONDS = 2 | 8;
    private static final int BUFFER_BYTES = 1 << 16;

    /** Makes the writer. */
    public NiftiWriter() {}

    @Override
    public String name() {
        return NiftiFormat.NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(".nii", PACKED);
    }

    @Override
    public boolean holds(Content content) {
        return switch (content) {
            case Content.Series c -> true;
            case Content.Iq c -> voxelsToProbe(c.recording().grid()).isPresent();
            case Content.Doppler c -> voxelsToProbe(c.map().grid()).isPresent();
            case Content.Array c -> NiftiValues.fits(c.array().shape());
            case Content.Channels c -> false;
            case Content.Transform c -> false;
            case Content.Regions c -> false;
            case Content.Program c -> false;
        };
    }

    @Override
    public String holding() {
        return "a series, IQ images or a map on a Cartesian grid, or an array of 1 to 7 axes";
    }

    @Override
    public List<String> write(Path target, Content content, WriteOptions options) {
        NiftiValues values = NiftiValues.of(content);
        if (!write(target, content, values, options)) {
            // The values are no longer those of the file they come from.
            write(target, content, values.as(values.exactType()), options);
        }
        return List.of();
    }

    /** False when the type of the values cannot hold one of them; the target is then as it was. */
    private static boolean write(Path target, Content content, NiftiValues values, WriteOptions options) {
        byte[] head = header(target, content, values);
        byte[] sidecar = BidsSidecars.write(sidecar(target, content, values));
        Path name = target.getFileName();
        Path json = target.resolveSibling(BidsSidecars.name(name == null ? "" : name.toString()));
        try {
            boolean packed = target.toString().toLowerCase(Locale.ROOT).endsWith(PACKED);
            AtomicFile.writeAll(
                    List.of(
                            new AtomicFile.Entry(target, out -> body(out, head, values, packed)),
                            new AtomicFile.Entry(json, out -> out.write(sidecar))),
                    options.existing());
            return true;
        } catch (NiftiValues.DoesNotFit e) {
            return false;
        }
    }

    private static void body(OutputStream out, byte[] head, NiftiValues values, boolean packed) throws IOException {
        if (!packed) {
            out.write(head);
            values.write(out);
            return;
        }
        GZIPOutputStream gzip = new GZIPOutputStream(out, BUFFER_BYTES);
        OutputStream buffered = new BufferedOutputStream(gzip, BUFFER_BYTES);
        buffered.write(head);
        values.write(buffered);
        buffered.flush();
        gzip.finish();
    }

    private static byte[] header(Path target, Content content, NiftiValues values) {
        List<Long> dims = values.dims();
        int version = dims.stream().anyMatch(n -> n > LONGEST_AXIS_1) ? 2 : 1;
        Map<String, Object> metadata = metadata(content);
        List<NiftiExtension> extensions = extensions(metadata);
        ByteBuffer h = NiftiHeader.empty(version);
        int code = NiftiTypes.code(values.type())
                .orElseThrow(() -> new FusUnsupportedException(target + ": NIfTI has no type for "
                        + values.type().label() + " (expected whole numbers, float32, float64 or complex numbers); "
                        + "convert it first"));
        NiftiField.DATATYPE.put(h, version, 0, code);
        NiftiField.BITPIX.put(h, version, 0, 8 * values.type().bytes());
        NiftiField.DIM.put(h, version, 0, dims.size());
        for (int i = 0; i < MAX_AXES; i++) {
            NiftiField.DIM.put(h, version, i + 1, i < dims.size() ? (double) dims.get(i) : 1);
            NiftiField.PIXDIM.put(h, version, i + 1, 1);
        }
        if (metadata.get(SidecarFields.HEADER) instanceof Map<?, ?> others) {
            NiftiHeader.putOthers(h, version, others);
        }
        NiftiField.SCL_SLOPE.put(h, version, 0, 1);
        NiftiField.XYZT_UNITS.put(h, version, 0, MM_AND_SECONDS);
        voxelsToProbe(content).ifPresent(map -> {
            Affine3 image = NiftiAffine.ofVoxelsToProbe(map);
            NiftiAffine.putQform(h, version, image);
            NiftiField.QFORM_CODE.put(h, version, 0, SCANNER_SPACE);
            if (!NiftiAffine.isRigid(image)) {
                NiftiAffine.putSform(h, version, image);
                NiftiField.SFORM_CODE.put(h, version, 0, SCANNER_SPACE);
            }
        });
        NiftiField.PIXDIM.put(h, version, 4, stepS(content));
        NiftiField.TOFFSET.put(h, version, 0, 0);
        int offset = h.capacity() + 4;
        for (NiftiExtension e : extensions) {
            offset += e.paddedBytes();
        }
        offset = (offset + 15) / 16 * 16;
        NiftiField.VOX_OFFSET.put(h, version, 0, offset);
        byte[] head = new byte[offset];
        ByteBuffer all = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        all.put(h.clear()).put((byte) (extensions.isEmpty() ? 0 : 1)).put(new byte[3]);
        for (NiftiExtension e : extensions) {
            all.putInt(e.paddedBytes()).putInt(e.code()).put(e.data());
            all.position(all.position() + e.paddedBytes() - 8 - e.data().length);
        }
        return head;
    }

    private static Map<String, Object> sidecar(Path target, Content content, NiftiValues values) {
        Map<String, Object> out = new LinkedHashMap<>();
        if (content instanceof Content.Series c) {
            out.putAll(SidecarFields.of(c.series()));
        } else if (content instanceof Content.Iq c) {
            out.put("RepetitionTime", 1 / c.recording().timing().frameRateHz());
            out.put("UltrasoundTransmitFrequency", c.recording().timing().centerFrequencyHz());
            out.put("BeamformingSoundVelocity", c.recording().timing().soundSpeedMPerS());
        }
        out.put(BidsSidecars.DESCRIPTION, description(target, content, values));
        return FileInfo.withoutNonFinite(out);
    }

    private static Map<String, Object> description(Path target, Content content, NiftiValues values) {
        Map<String, Object> info = new LinkedHashMap<>(FileInfo.of(content));
        info.put("file", target.toString());
        info.put("format", NiftiFormat.NAME);
        info.put("dtype", values.type().label());
        return info;
    }

    private static Optional<Affine3> voxelsToProbe(Content content) {
        return switch (content) {
            case Content.Series c -> Optional.of(c.series().geometry().voxelsToProbe());
            case Content.Iq c -> voxelsToProbe(c.recording().grid());
            case Content.Doppler c -> voxelsToProbe(c.map().grid());
            default -> Optional.empty();
        };
    }

    private static Optional<Affine3> voxelsToProbe(ImageGrid grid) {
        return switch (grid) {
            case PixelGrid g -> Optional.of(g.voxelsToProbe());
            case OrientedGrid g -> Optional.of(g.voxelsToProbe());
            case PolarGrid g -> Optional.empty();
            case PointGrid g -> Optional.empty();
        };
    }

    /** The time step that a header can hold: that of evenly spaced volumes, otherwise 0. */
    private static double stepS(Content content) {
        return switch (content) {
            case Content.Series c -> BidsTiming.regularStepS(c.series().times().timesS());
            case Content.Iq c -> 1 / c.recording().timing().frameRateHz();
            default -> 0;
        };
    }

    private static Map<String, Object> metadata(Content content) {
        return content instanceof Content.Series(var _, FusSeries s)
                ? s.metadata()
                : content.origin().metadata();
    }

    private static List<NiftiExtension> extensions(Map<String, Object> metadata) {
        List<NiftiExtension> out = new ArrayList<>();
        if (metadata.get(SidecarFields.EXTENSIONS) instanceof List<?> list) {
            list.forEach(e -> NiftiExtension.ofPlain(e).ifPresent(out::add));
        }
        return out;
    }
}
