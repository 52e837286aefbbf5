package org.fus.io.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.fus.core.data.FusSeries;
import org.fus.core.data.IqEnsemble;
import org.fus.core.error.FusException;
import org.fus.core.error.FusFormatException;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.SampleType;
import org.fus.io.content.StoredArray;
import org.fus.io.source.MemorySource;
import org.fus.io.testing.AnySeries;
import org.fus.io.testing.Peers;
import org.fus.io.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {
    @TempDir
    Path folder;

    @Property(tries = 25)
    void write_anySeries_readsBackEqualInEveryPart(@ForAll long seed) throws IOException {
        FusSeries s = AnySeries.of(seed);
        Path file = Files.createTempDirectory("npz").resolve("s.npz");

        FusFiles.write(file, Content.of(s));
        FusSeries back = ((Content.Series) FusFiles.open(file)).series();

        assertThat(back.geometry()).isEqualTo(s.geometry());
        assertThat(back.times()).isEqualTo(s.times());
        assertThat(back.metadata()).isEqualTo(s.metadata());
        assertThat(back.provenance()).isEqualTo(s.provenance());
        assertThat(AnySeries.all(back)).isEqualTo(AnySeries.all(s));
        Files.delete(file);
        Files.delete(file.getParent());
    }

    @Test
    void write_ensemble_readsBackExactly() {
        Path file = folder.resolve("iq.npz");
        IqEnsemble ensemble = Samples.iq(3);
        FusFiles.write(file, Content.of(ensemble));

        IqEnsemble back = ((Content.Iq) FusFiles.open(file)).ensemble();

        assertThat(back.grid()).isEqualTo(ensemble.grid());
        assertThat(back.copyFrame(2)).isEqualTo(ensemble.copyFrame(2));
    }

    @Test
    void read_archiveOfAnotherWriter_takesTheLargestArrayAndKeepsTheOthers() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("t.npy", array(2));
        entries.put("dop.npy", array(6));
        entries.put("note.txt", new byte[] {'x'});
        byte[] stored = archive(entries, true);

        Content content = FusFiles.open(MemorySource.wrap("a.npz", stored));

        assertThat(((Content.Array) content).array().doubles(0, 6)).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(content.origin().metadata()).containsEntry("array", "dop").containsEntry("t", List.of(0.0, 1.0));
        assertThat(content.origin().warnings()).containsExactly("entry 'note.txt' is no array and was left out");
        assertThat(NpzFormat.arrays(MemorySource.wrap("a.npz", archive(entries, false))))
                .containsOnlyKeys("t", "dop");
    }

    @Test
    void read_damagedArchives_areRefused() throws IOException {
        byte[] good = archive(Map.of("a.npy", array(50)), false);
        for (int length = 1; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> FusFiles.open(MemorySource.wrap("a.npz", cut)))
                    .isInstanceOf(FusException.class);
        }
        byte[] flipped = good.clone();
        flipped[45] ^= 0x10;
        assertThatThrownBy(() -> FusFiles.open(MemorySource.wrap("a.npz", flipped)))
                .isInstanceOf(FusFormatException.class);
        // The size of the entry in the directory: a bomb is refused before it is inflated.
        byte[] bomb = good.clone();
        int directory = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getInt(good.length - 6);
        ByteBuffer.wrap(bomb).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + 24, 0x7FFFFFFF);
        assertThatThrownBy(() -> FusFiles.open(MemorySource.wrap("a.npz", bomb)))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("claims 2147483647 bytes");
    }

    @Test
    void write_file_isReadByNumpyAndItsOwnArchivesAreReadHere() throws Exception {
        Path file = folder.resolve("m.npz");
        FusFiles.write(file, Content.of(Samples.map()));
        Path other = folder.resolve("other.npz");

        String printed = Peers.python("numpy", """
            import numpy, sys
            d = numpy.load(sys.argv[1])
            v = d['values']
            print(v.shape, v.dtype, repr(float(v[3, 0, 4])))
            numpy.savez(sys.argv[2], a=numpy.arange(12, dtype='f4').reshape(3, 4), fs=numpy.float64(2.5))
            """, file, other);

        assertThat(printed.strip())
                .isEqualTo("(4, 1, 5) float32 " + (double) Samples.map().at(19));
        Content content = FusFiles.open(other);
        StoredArray array = ((Content.Array) content).array();
        assertThat(array.type()).isEqualTo(SampleType.FLOAT32);
        assertThat(array.shape()).containsExactly(3L, 4L);
        assertThat(array.doubles(7, 1)).containsExactly(7);
        assertThat(content.origin().metadata()).containsEntry("fs", 2.5);
    }

    private static byte[] array(int n) {
        byte[] header = NpyHeader.write(SampleType.FLOAT64, List.of((long) n));
        ByteBuffer b = ByteBuffer.allocate(header.length + 8 * n).order(ByteOrder.LITTLE_ENDIAN);
        b.put(header);
        for (int i = 0; i < n; i++) {
            b.putDouble(i);
        }
        return b.array();
    }

    private static byte[] archive(Map<String, byte[]> entries, boolean stored) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> e : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(e.getKey());
                if (stored) {
                    CRC32 crc = new CRC32();
                    crc.update(e.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(e.getValue().length);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(e.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }
}
