package org.fus.io.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.fus.core.data.FusSeries;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.source.Existing;
import org.fus.io.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesTest {
    @TempDir
    Path folder;

    @Test
    void csv_seriesOfTwoPoses_hasAColumnPerVoxelAndEveryDigit() throws Exception {
        FusSeries s = Samples.series(new FusSeries.Shape(1, 2, 3, 2, 1, 2));
        Path file = folder.resolve("s.csv");

        List<String> lost = FusFiles.write(file, Content.of(s));

        List<String> lines = Files.readAllLines(file);
        assertThat(lost).hasSize(1);
        assertThat(lines).hasSize(4);
        assertThat(lines.getFirst())
                .isEqualTo("time_s,pose0_x0_y0_z0,pose0_x1_y0_z0,pose0_x0_y0_z1,pose0_x1_y0_z1,"
                        + "pose1_x0_y0_z0,pose1_x1_y0_z0,pose1_x0_y0_z1,pose1_x1_y0_z1");
        String[] second = lines.get(2).split(",", -1);
        assertThat(Double.parseDouble(second[0])).isEqualTo(s.times().timesS().get(1));
        // Values are their index divided by 3: pose 1, time 1, voxel 3 of 4.
        assertThat(Double.parseDouble(second[8])).isEqualTo((12 + 4 + 3) / 3.0);
    }

    @Test
    void csv_courses_quoteNamesAndLeaveOutWhatIsNoNumber() throws Exception {
        Map<String, double[]> courses = new LinkedHashMap<>();
        courses.put("left, \"S1\"", new double[] {1, Double.NaN});
        courses.put("é", new double[] {0.1, -1e-300});
        Path file = folder.resolve("c.csv");

        TimeCourseTable.write(file, Existing.REFUSE, List.of(0.0, 0.5), courses);

        assertThat(Files.readString(file))
                .isEqualTo("time_s,\"left, \"\"S1\"\"\",é\r\n0.0,1.0,0.1\r\n0.5,,-1.0E-300\r\n");
        assertThatThrownBy(
                        () -> TimeCourseTable.write(file, Existing.REPLACE, List.of(0.0), Map.of("a", new double[2])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'a' has 2 values for 1 times");
    }

    @Test
    void tiff_series_isAStackThatTheJdkReads() throws Exception {
        FusSeries s = Samples.series(new FusSeries.Shape(1, 2, 3, 4, 2, 5));
        Path file = folder.resolve("s.tif");

        assertThat(FusFiles.write(file, Content.of(s))).containsExactly("values were rounded to single precision");

        try (var in = ImageIO.createImageInputStream(file.toFile())) {
            var reader = ImageIO.getImageReaders(in).next();
            reader.setInput(in);
            assertThat(reader.getNumImages(true)).isEqualTo(2 * 2 * 3);
            for (int page = 0; page < 12; page++) {
                BufferedImage image = reader.read(page);
                assertThat(image.getWidth()).isEqualTo(5);
                assertThat(image.getHeight()).isEqualTo(4);
                int pose = page % 2;
                int y = page / 2 % 2;
                int t = page / 4;
                double expected = ((((pose * 3 + t) * 4 + 3) * 2 + y) * 5 + 4) / 3.0;
                assertThat(image.getRaster().getSampleFloat(4, 3, 0)).isEqualTo((float) expected);
            }
            reader.dispose();
        }
        assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("images=12\nchannels=2\nslices=2\nframes=3");
        assertThat(folder.resolve("s.tif.json")).exists();
    }

    /** From 4 GB on; walked here by the layout of BigTIFF, because the JDK does not read it. */
    @Test
    void tiff_beyondFourGigabytes_isABigTiffWhosePagesAreFound() throws Exception {
        FusSeries.Shape huge = new FusSeries.Shape(1, 1, 1 << 14, 256, 1, 257);
        assertThat(TiffStack.needsBig(Content.of(Samples.series(huge)))).isTrue();
        FusSeries s = Samples.series(new FusSeries.Shape(1, 2, 3, 4, 2, 5));
        assertThat(TiffStack.needsBig(Content.of(s))).isFalse();
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        TiffStack.body(out, Content.of(s), true);

        ByteBuffer file = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(file.getShort(0)).isEqualTo((short) 0x4949);
        assertThat(file.getShort(2)).isEqualTo((short) 43);
        // Offsets have eight bytes.
        assertThat(file.getShort(4)).isEqualTo((short) 8);
        assertThat(file.getShort(6)).isZero();
        int page = 0;
        for (long at = file.getLong(8); at != 0; page++) {
            Map<Integer, Long> tags = new LinkedHashMap<>();
            int entries = (int) file.getLong((int) at);
            for (int e = 0; e < entries; e++) {
                int entry = (int) at + 8 + 20 * e;
                tags.put((int) file.getShort(entry), file.getLong(entry + 12));
            }
            assertThat(tags).containsEntry(256, 5L).containsEntry(257, 4L).containsEntry(279, 80L);
            assertThat(List.copyOf(tags.keySet())).isSorted();
            // Five pixels per row; rows are depth. The last pixel of each page.
            float last = file.getFloat((int) (tags.get(273) + 4 * 19));
            double expected = ((((page % 2 * 3 + page / 4) * 4 + 3) * 2 + page / 2 % 2) * 5 + 4) / 3.0;
            assertThat(last).isEqualTo((float) expected);
            at = file.getLong((int) at + 8 + 20 * entries);
        }
        assertThat(page).isEqualTo(12);
    }

    @Test
    void tiff_map_keepsEveryValue() throws Exception {
        Path file = folder.resolve("m.tiff");

        assertThat(FusFiles.write(file, Content.of(Samples.map()))).isEmpty();

        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getRaster().getSampleFloat(4, 3, 0))
                .isEqualTo(Samples.map().at(19));
    }
}
