package org.fus.io.mat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.ImageGrid;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.sequence.TransmitSequence;
import org.fus.io.content.Content;
import org.fus.io.content.Origin;
import org.fus.io.content.StoredArray;
import org.fus.io.info.FileInfo;
import org.fus.io.info.Sidecar;
import org.fus.io.internal.frames.LoadedImages;
import org.fus.io.source.Heap;

/**
 * One block of PALA (Heiles et al. 2022, doi:10.1038/s41551-021-00824-8): {@code IQ} (z, x, frame), complex; {@code UF} with
 * {@code TwFreq} in megahertz and {@code FrameRateUF} in hertz; {@code PData}, the grid of pixels of the Verasonics system,
 * with {@code PDelta} (x, y, z) and {@code Origin} (x, y, z) in wavelengths.
 *
 * <p>The speed of sound is not in the file: {@value TransmitSequence#SOFT_TISSUE_M_PER_S} m/s, that of PALA. Without an
 * {@code Origin} the image is centred under the array and starts at depth 0.
 */
final class PalaLayout implements MatLayout {
    static final String DATA = "IQ";
    static final String UF = "UF";
    static final String PDATA = "PData";

    @Override
    public String what() {
        return "IQ, UF and PData (PALA)";
    }

    @Override
    public boolean fits(List<String> names) {
        return names.contains(DATA);
    }

    @Override
    public Content read(MatFile file) {
        MatArray iq = file.numbers(DATA, "complex numbers (z, x, frame)");
        List<Long> shape = iq.shape();
        if (shape.size() < 2 || shape.size() > 3 || iq.size() == 0) {
            throw file.failure(
                    DATA, "expected shape (z, x, frame), got " + iq.matlabShape() + "; save one block of frames");
        }
        int nz = Math.toIntExact(shape.getLast());
        int nx = Math.toIntExact(shape.get(shape.size() - 2));
        int frames = shape.size() == 3 ? Math.toIntExact(shape.getFirst()) : 1;
        Heap.require(file.name(), BYTES_PER_TIME * frames);
        List<String> warnings = new ArrayList<>();
        if (iq.type().parts() == 1) {
            warnings.add("IQ has no imaginary part: it was read as 0");
        }
        Optional<Sidecar> own = MatWriter.description(file)
                .filter(d ->
                        d.kind().equals("iq") && d.shape().equals(List.of((long) frames, (long) nz, 1L, (long) nx)));
        Map<String, Object> metadata = new LinkedHashMap<>();
        ImageGrid grid;
        IqEnsemble.Timing timing;
        if (own.isPresent()) {
            grid = own.get().grid();
            timing = own.get().timing();
            metadata.putAll(own.get().metadata());
            warnings.addAll(own.get().warnings());
        } else {
            MatFields uf = file.struct(UF, "a structure with TwFreq in MHz and FrameRateUF in Hz");
            MatFields pixels = file.struct(PDATA, "a structure with PDelta in wavelengths");
            double c = TransmitSequence.SOFT_TISSUE_M_PER_S;
            timing = new IqEnsemble.Timing(uf.number("FrameRateUF"), uf.number("TwFreq") * 1e6, c);
            grid = grid(pixels, nz, nx, c / timing.centerFrequencyHz(), warnings);
            metadata.put(UF, uf.plain(Set.of()));
            metadata.put(PDATA, pixels.plain(Set.of()));
            MatLayout.others(file, List.of(DATA, UF, PDATA, MatWriter.DESCRIPTION), metadata);
            metadata.put("transmitFrequencyMHz", uf.number("TwFreq"));
            if (uf.fields().get("Probe") instanceof MatValue.Text(String probe)) {
                metadata.put("probeName", probe);
            }
            metadata.put(FileInfo.NOT_STATED, List.of("voxelSizeM.y", "soundSpeedMPerS"));
            warnings.add("the file does not state the speed of sound: " + c + " m/s is assumed");
        }
        Origin origin = new Origin(file.name(), format(file), iq.type().label(), metadata, warnings);
        return new Content.Iq(
                origin,
                new LoadedImages(
                        file.name(),
                        grid,
                        timing,
                        frames,
                        frames,
                        own.map(Sidecar::provenance).orElseGet(Provenance::none),
                        f -> frame(iq, f, nz, nx)));
    }

    private static PixelGrid grid(MatFields pixels, int nz, int nx, double wavelengthM, List<String> warnings) {
        List<Double> step = pixels.numbers("PDelta");
        if (step.size() != 3 || !(step.get(0) > 0) || !(step.get(2) > 0)) {
            throw pixels.failure("PDelta", "expected positive steps (x, y, z) in wavelengths, y may be 0, got " + step);
        }
        double dx = step.get(0) * wavelengthM;
        double dz = step.get(2) * wavelengthM;
        List<Double> origin = pixels.numbers("Origin");
        if (!origin.isEmpty() && origin.size() != 3) {
            throw pixels.failure("Origin", "expected a position (x, y, z) in wavelengths, got " + origin);
        }
        if (origin.isEmpty()) {
            warnings.add("the file does not state the position of the image: it is taken as centred, from depth 0");
        }
        double x0 = origin.isEmpty() ? -dx * (nx - 1) / 2 : origin.get(0) * wavelengthM;
        double z0 = origin.isEmpty() ? 0 : origin.get(2) * wavelengthM;
        return new PixelGrid(x0, 0, z0, dx, PixelGrid.DEFAULT_SLICE_M, dz, nx, 1, nz);
    }

    /** A frame stands as [x][z] with z fastest. */
    private static float[] frame(MatArray iq, int frame, int nz, int nx) {
        StoredArray stored = iq.shape().size() == 3
                ? iq.range(new long[] {frame, 0, 0}, new int[] {1, nx, nz})
                : iq.range(new long[2], new int[] {nx, nz});
        float[] xz = stored.floats(0, Math.multiplyExact(nx, nz));
        int parts = iq.type().parts();
        float[] zx = new float[2 * nx * nz];
        for (int x = 0; x < nx; x++) {
            for (int z = 0; z < nz; z++) {
                int to = 2 * (z * nx + x);
                int from = parts * (x * nz + z);
                zx[to] = xz[from];
                zx[to + 1] = parts == 2 ? xz[from + 1] : 0;
            }
        }
        return zx;
    }
}
