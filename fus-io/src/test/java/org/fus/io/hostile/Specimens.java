package org.fus.io.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.FusSeries;
import org.fus.core.data.RfBlock;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.Frame;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.Origin;
import org.fus.io.content.SampleType;
import org.fus.io.content.SurfaceRegion;
import org.fus.io.content.WriteOptions;
import org.fus.io.record.RecordedContent;
import org.fus.io.record.RecordingPlan;
import org.fus.io.record.RecordingWriter;
import org.fus.io.testing.Samples;
import org.fus.io.urx.UrxMade;
import org.fus.io.zarr.FolderStore;
import org.fus.io.zarr.ZarrArray;
import org.fus.io.zarr.ZarrCodec;
import org.fus.io.zarr.ZarrMetadata;

/** Small files of every format: made by the writers, by hand, and, when {@code fus.testData} is set, the samples. */
final class Specimens {
    private static final FusSeries.Shape PLANES = new FusSeries.Shape(1, 1, 3, 3, 1, 4);
    private static final FusSeries.Shape POSES = new FusSeries.Shape(1, 2, 2, 2, 1, 3);

    private Specimens() {}

    /** All of them. */
    static Stream<Specimen> all() {
        List<Specimen> out = new ArrayList<>();
        try {
            written(out);
            stores(out);
            made(out);
            samples(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.stream();
    }

    private static void written(List<Specimen> out) throws IOException {
        Content planes = Content.of(Samples.series(PLANES));
        Content poses = Content.of(Samples.series(POSES));
        out.add(written("scan v1", "a.scan", planes, "Iconeus scan v1 (HDF5)"));
        out.add(written("scan v1 poses", "a.scan", poses, "Iconeus scan v1 (HDF5)"));
        out.add(written("scan v2", "a.scan", planes, "Iconeus scan v2"));
        out.add(written("scan v2 poses", "a.scan", poses, "Iconeus scan v2"));
        for (String extension : List.of(".nii", ".nii.gz", ".npy", ".npz", ".mat", ".zarr")) {
            out.add(written("series" + extension, "a" + extension, planes));
        }
        Content iq = Content.of(Samples.iq(2));
        for (String extension : List.of(".npy", ".npz", ".mat", ".uff", ".raw", ".zarr")) {
            out.add(written("iq" + extension, "a" + extension, iq));
        }
        Content rf = Content.of(Samples.channels(2));
        for (String extension : List.of(".npy", ".npz", ".uff", ".urx")) {
            out.add(written("channels" + extension, "a" + extension, rf));
        }
        out.add(written("channels.zarr", "a.zarr", Content.of(block(0, 2))));
        out.add(written("program.uac", "a.uac", program()));
        Content map = Content.of(Samples.map());
        for (String extension : List.of(".npy", ".npz")) {
            out.add(written("map" + extension, "a" + extension, map));
        }
        Origin origin = new Origin("", "", "float64", Map.of("note", "by hand"), List.of());
        Affine3 brain = Affine3.ofEulerXyz(0.1, 0.2, 0.3, 0.01, 0.02, 0.03);
        Content transform = new Content.Transform(origin, Frame.BRAIN, Frame.LAB, brain);
        double[] vertices = {0, 0, 0, 1e-3, 0, 0, 0, 1e-3, 0, 0, 0, 1e-3};
        SurfaceRegion region = new SurfaceRegion(
                "Cortex", new SurfaceRegion.Color(1, 0, 0.5), vertices, new int[] {0, 1, 2, 0, 1, 3, 0, 2, 3});
        Content regions = new Content.Regions(origin, Frame.BRAIN, List.of(region, region));
        for (String kind : List.of("HDF5", "binary")) {
            out.add(written("bps " + kind, "a.bps", transform, writer(".bps", kind)));
            out.add(written("bri " + kind, "a.bri", regions, writer(".bri", kind)));
        }
    }

    private static String writer(String extension, String kind) {
        return FusFiles.writers().stream()
                .filter(w -> w.extensions().contains(extension) && w.name().contains(kind))
                .findFirst()
                .orElseThrow()
                .name();
    }

    private static void stores(List<Specimen> out) throws IOException {
        List<Long> shape = List.of(5L, 6L);
        ZarrMetadata plain = ZarrMetadata.of(SampleType.INT32, shape, List.of(2, 3));
        ZarrCodec.Bytes bytes = ZarrCodec.Bytes.LITTLE_ENDIAN;
        out.add(store("gzip", plain.withCodecs(bytes, new ZarrCodec.Gzip(5), new ZarrCodec.Crc32c())));
        out.add(store("zstd", plain.withCodecs(bytes, ZarrCodec.Zstd.DEFAULT)));
        out.add(store(
                "transposed",
                plain.withCodecs(new ZarrCodec.Transpose(List.of(1, 0)), new ZarrCodec.Bytes(ByteOrder.BIG_ENDIAN))));
        List<ZarrCodec> inner = List.of(bytes, new ZarrCodec.Zstd(3, false), new ZarrCodec.Crc32c());
        out.add(store(
                "sharded",
                ZarrMetadata.of(SampleType.INT32, shape, List.of(4, 6))
                        .withCodecs(ZarrCodec.Sharding.of(List.of(2, 3), inner))));
        out.add(made("recording", "", folder -> {
            try (RecordingWriter writer = RecordingWriter.start(folder.resolve("r.zarr"), plan())) {
                writer.append(block(0, 2));
                writer.append(block(2, 1));
            }
        }));
    }

    private static Specimen store(String codec, ZarrMetadata metadata) throws IOException {
        return made("zarr " + codec, "", folder -> {
            ZarrArray array =
                    ZarrArray.create(FolderStore.of(Files.createDirectory(folder.resolve("a.zarr"))), "", metadata);
            ByteBuffer values = ByteBuffer.allocate(4 * 30).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < 30; i++) {
                values.putInt(i * 1_000_003);
            }
            array.write(new long[2], new int[] {5, 6}, values.array());
        });
    }

    private static void made(List<Specimen> out) throws IOException {
        out.add(single("must.mat", Samples.mat(Map.of(), false)));
        out.add(single("must compressed.mat", Samples.mat(Map.of(), true)));
        Path folder = Files.createTempDirectory("hostile");
        byte[] pybf = Samples.pybf(folder);
        delete(folder);
        out.add(single("pybf.hdf5", pybf));
        out.add(single("zea.hdf5", HandMade.zea()));
        out.add(single("picmus.hdf5", HandMade.picmus()));
        out.add(single("v73.mat", HandMade.matlab73()));
        out.add(single("pala.mat", HandMade.pala()));
        out.add(single("pyfus.mat", HandMade.pyfus()));
        for (String layout : List.of("acquisition", "film", "dop")) {
            out.add(single(layout + ".mat", HandMade.matlab(layout)));
        }
        out.add(single("made.urx", UrxMade.sound()));
        out.add(new Specimen(
                "echoframe",
                "bf.dat",
                Map.of("bf.dat", HandMade.echoFrame(), "ScanParameters.mat", HandMade.echoFrameParameters())));
        out.add(new Specimen(
                "autc",
                "bf0part000.dat",
                Map.of("bf0part000.dat", HandMade.autc(1), "bf0part001.dat", HandMade.autc(2))));
    }

    private static void samples(List<Specimen> out) throws IOException {
        String root = System.getProperty("fus.testData", "");
        Path folder = Path.of(root).resolve("samples");
        if (root.isBlank() || !Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".md") || name.endsWith(".json") || name.equals("ScanParameters.mat")) {
                    continue;
                }
                out.add(new Specimen("sample " + folder.relativize(file), name, beside(file, folder)));
            }
        }
    }

    /** The file with those that belong to it: all of its folder where that holds one recording. */
    private static Map<String, byte[]> beside(Path file, Path top) throws IOException {
        Map<String, byte[]> out = new TreeMap<>();
        String stem = file.getFileName().toString().replaceFirst("\\..*", "");
        try (Stream<Path> files = Files.list(file.getParent())) {
            for (Path f : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = f.getFileName().toString();
                if (!file.getParent().equals(top) || name.matches(Pattern.quote(stem) + "\\.h?raw")) {
                    out.put(name, Files.readAllBytes(f));
                }
            }
        }
        out.put(file.getFileName().toString(), Files.readAllBytes(file));
        return out;
    }

    private static Specimen written(String name, String file, Content content) throws IOException {
        return made(
                name,
                file.endsWith(".zarr") ? "" : file,
                folder -> FusFiles.write(folder.resolve(file), content, WriteOptions.DEFAULTS));
    }

    private static Specimen written(String name, String file, Content content, String format) throws IOException {
        return made(name, file, folder -> FusFiles.write(folder.resolve(file), content, format, WriteOptions.DEFAULTS));
    }

    private static Specimen single(String file, byte[] bytes) {
        return new Specimen(file, file, Map.of(file, bytes));
    }

    /** Makes files in a folder on disk. */
    private interface Maker {
        void make(Path folder) throws IOException;
    }

    /** What a maker leaves: all files, or those of the one store that it makes. */
    private static Specimen made(String name, String opened, Maker maker) throws IOException {
        Path folder = Files.createTempDirectory("hostile");
        try {
            maker.make(folder);
            Path top = folder;
            if (opened.isEmpty()) {
                try (Stream<Path> inside = Files.list(folder)) {
                    top = inside.filter(Files::isDirectory).findFirst().orElseThrow();
                }
            }
            Map<String, byte[]> out = new TreeMap<>();
            try (Stream<Path> files = Files.walk(top)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    out.put(top.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
                }
            }
            return new Specimen(name, opened, out);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Content program() {
        return Content.of(
                new AcquisitionProgram(
                        TransmitSequence.planeWaves(-0.1, 0.1, 2, 5e6, 1000), SampleAxis.common(20e6, 0, 2, 16), 4, 2),
                Probe.linear("test", 3, 1e-4, 5e6).build());
    }

    /** Three frames of RF in blocks of two. */
    static RecordingPlan plan() {
        return RecordingPlan.of(new RecordedContent.Rf(block(0, 1).format()), 3, 2);
    }

    private static RfBlock block(long first, int frames) {
        ChannelFormat format = new ChannelFormat(
                Probe.linear("test", 3, 1e-4, 15e6).build(),
                TransmitSequence.planeWaves(-0.1, 0.1, 2, 15e6, 5000),
                SampleAxis.common(60e6, 1e-6, 2, 8));
        MemorySegment samples = Arena.ofAuto().allocate(RfBlock.bytes(format, frames), 8);
        for (int i = 0; i < RfBlock.bytes(format, frames) / 2; i++) {
            samples.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) (i * 977));
        }
        return RfBlock.wrap(format, first, frames, samples);
    }
}
