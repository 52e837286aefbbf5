package org.fus.io.internal.hdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.fus.core.error.FusException;
import org.fus.core.error.FusFormatException;
import org.fus.core.testing.Golden;
import org.fus.io.content.SampleType;
import org.fus.io.source.MemorySource;
import org.fus.io.source.PathSource;
import org.fus.io.testing.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading and writing of HDF5, against the library jHDF and the HDF Group's own tools. */
class HdfTest {
    @TempDir
    Path folder;

    @Test
    void hash_isThatOfItsAuthor() {
        // The values of the self-test in lookup3.c for this text and the initial values 0; and of no bytes.
        byte[] text = "Four score and seven years ago".getBytes(StandardCharsets.US_ASCII);
        assertThat(Lookup3.hash(text, text.length)).isEqualTo(0x17770551);
        assertThat(Lookup3.hash(new byte[0], 0)).isEqualTo(0xdeadbeef);
    }

    @Test
    void write_tree_isReadByTheLibrary() throws IOException {
        Hdf hdf = Hdf.open(MemorySource.wrap("a.h5", bytes(tree())));

        assertThat(hdf.children("")).containsExactlyInAnyOrder("a", "labels", "empty");
        assertThat(hdf.array("a/numbers").shape()).containsExactly(2L, 3L);
        assertThat(hdf.numbers("a/numbers")).containsExactly(0, 1, 2, 3, 4, 1.0 / 3);
        assertThat(hdf.array("a/shorts").type()).isEqualTo(SampleType.INT16);
        assertThat(hdf.numbers("a/shorts")).containsExactly(-1, 2);
        assertThat(hdf.text("labels/é")).isEqualTo("höhe µm");
        assertThat(hdf.text("labels/none")).isEmpty();
        assertThat(hdf.array("empty").shape()).containsExactly(0L, 3L);
        assertThat(hdf.attributeText("", "version")).contains("v1.2.0");
        assertThat(hdf.attributeText("a/numbers", "class")).contains("single");
        assertThat(hdf.attributeNumbers("a", "size"))
                .hasValueSatisfying(v -> assertThat(v).containsExactly(1, 4));
    }

    @Test
    void write_tree_isReadByIndependentTools() throws Exception {
        Path file = folder.resolve("a.h5");
        Files.write(file, bytes(tree()));

        assertThat(Peers.h5dump(List.of("-d", "/a/numbers", file.toString())))
                .contains("H5T_IEEE_F64LE")
                .contains("( 2, 3 )");
        assertThat(Peers.python(
                        "h5py",
                        "import h5py,sys\n"
                                + "f=h5py.File(sys.argv[1],'r')\n"
                                + "print(f['a/numbers'][1,2]==1/3, f['a/shorts'].dtype, f['empty'].shape)\n"
                                + "print(f['labels/é'][0,0].decode('utf-8'), f.attrs['version'].decode('utf-8'),"
                                + " f['a'].attrs['size'])",
                        file))
                .isEqualTo("True int16 (0, 3)\nhöhe µm v1.2.0 [1. 4.]\n");
    }

    @Property(tries = 60)
    void read_anyRange_isThatOfTheArray(
            @ForAll @Size(min = 1, max = 4) List<@net.jqwik.api.constraints.IntRange(min = 1, max = 5) Integer> shape,
            @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        int size = shape.stream().reduce(1, (a, b) -> a * b);
        double[] all = random.doubles(size).toArray();
        HdfGroup root = new HdfGroup();
        root.doubles("d", all, shape.stream().mapToLong(n -> n).toArray());
        HdfArray array = Hdf.open(MemorySource.wrap("a.h5", bytes(root))).array("d");
        long[] offset = new long[shape.size()];
        int[] count = new int[shape.size()];
        for (int a = 0; a < count.length; a++) {
            offset[a] = random.nextInt(shape.get(a));
            count[a] = 1 + random.nextInt((int) (shape.get(a) - offset[a]));
        }

        double[] part =
                array.values(offset, count).doubles(0, Arrays.stream(count).reduce(1, (a, b) -> a * b));

        for (int i = 0; i < part.length; i++) {
            assertThat(part[i]).isEqualTo(all[index(i, shape, offset, count)]);
        }
    }

    @Test
    void read_chunkedSample_partsAreThoseOfTheWhole() {
        // Every value is its own index, in chunks that deflate packs.
        HdfArray data = Hdf.open(PathSource.of(Golden.file("samples/v1_4Dscan.source.scan")))
                .array("Data");
        assertThat(data.shape()).containsExactly(3L, 6L, 1L, 6L, 1L, 8L);
        double[] part = data.values(new long[] {1, 2, 0, 3, 0, 1}, new int[] {2, 3, 1, 2, 1, 5})
                .doubles(0, 60);
        for (int i = 0; i < part.length; i++) {
            assertThat(part[i])
                    .isEqualTo(index(
                            i, List.of(3, 6, 1, 6, 1, 8), new long[] {1, 2, 0, 3, 0, 1}, new int[] {2, 3, 1, 2, 1, 5}));
        }
    }

    @Test
    void read_whatIsNotThere_namesFileAndNode() throws IOException {
        Hdf hdf = Hdf.open(MemorySource.wrap("a.h5", bytes(tree())));
        assertThatThrownBy(() -> hdf.number("a/none"))
                .isInstanceOf(FusFormatException.class)
                .hasMessage("a.h5: a/none: expected a data set, got no such node; is the file complete?");
        assertThatThrownBy(() -> hdf.number("a/numbers")).hasMessageContaining("expected one number, got shape [2, 3]");
    }

    @Property(tries = 400)
    void read_damagedFile_isReadOrRefused(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = bytes(tree());
        for (int i = 0; i <= random.nextInt(4); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        byte[] damaged = random.nextBoolean() ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length));
        try {
            Hdf hdf = Hdf.open(MemorySource.wrap("a.h5", damaged));
            hdf.numbers("a/numbers");
            hdf.text("labels/é");
            hdf.attributeText("", "version");
        } catch (FusException e) {
            assertThat(e).hasMessageStartingWith("a.h5: ");
        }
    }

    @Test
    void write_valuesOfAnotherSize_isAFault() {
        HdfGroup root = new HdfGroup();
        root.data("d", SampleType.FLOAT32, List.of(2L), out -> out.write(new byte[7]));
        assertThatThrownBy(() -> bytes(root)).isInstanceOf(IllegalStateException.class);
    }

    private static HdfGroup tree() {
        HdfGroup root = new HdfGroup().attribute("version", "v1.2.0");
        HdfGroup a = root.group("a").attribute("size", 1, 4);
        a.doubles("numbers", new double[] {0, 1, 2, 3, 4, 1.0 / 3}, 2, 3).attribute("class", "single");
        a.data(
                "shorts",
                SampleType.INT16,
                List.of(2L),
                out -> out.write(ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putShort((short) -1)
                        .putShort((short) 2)
                        .array()));
        HdfGroup labels = root.group("labels");
        labels.text("é", "höhe µm");
        labels.text("none", "");
        root.doubles("empty", new double[0], 0, 3);
        return root;
    }

    private static byte[] bytes(HdfGroup root) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        root.writeTo(out);
        return out.toByteArray();
    }

    /** The index in the whole array of the i-th value of a range. */
    private static int index(int i, List<Integer> shape, long[] offset, int[] count) {
        int index = 0;
        int step = 1;
        int rest = i;
        for (int a = count.length - 1; a >= 0; a--) {
            index += (int) (offset[a] + rest % count[a]) * step;
            rest /= count[a];
            step *= shape.get(a);
        }
        return index;
    }
}
