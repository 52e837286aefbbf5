package org.fus.io.table;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.core.data.FusSeries;
import org.fus.io.content.Content;
import org.fus.io.content.ContentWriter;
import org.fus.io.content.WriteOptions;
import org.fus.io.source.AtomicFile;
import org.fus.io.source.Existing;

/**
 * Writes time courses as comma-separated values (RFC 4180): a column {@code time_s}, then one per course. Numbers have as
 * many digits as they need to be read back exactly; a value that is not finite is an empty field.
 *
 * <p>A series has one column per voxel, named {@code x3_y0_z7} (indices from 0; with {@code pose1_} or {@code extra1_} in
 * front where there are several); its times are the ends of the volumes.
 */
public final class TimeCourseTable implements ContentWriter {
    private static final String NAME = "CSV time courses";

    /** Columns beyond which no spreadsheet opens a table: the limit of the most common one. */
    private static final int MAX_COLUMNS = 16_384;

    /** Makes the writer. */
    public TimeCourseTable() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(".csv");
    }

    @Override
    public boolean holds(Content content) {
        return content instanceof Content.Series(var origin, FusSeries s) && courses(s) < MAX_COLUMNS;
    }

    @Override
    public String holding() {
        return "a series of fewer than " + MAX_COLUMNS + " voxels (write the courses of regions with TimeCourseTable)";
    }

    @Override
    public List<String> write(Path target, Content content, WriteOptions options) {
        FusSeries s = ((Content.Series) content).series();
        FusSeries.Shape shape = s.shape();
        int voxels = Math.toIntExact(shape.voxels());
        Map<String, double[]> courses = new LinkedHashMap<>();
        for (int e = 0; e < shape.extras(); e++) {
            for (int p = 0; p < shape.poses(); p++) {
                double[] values = s.read(e, p, 0, shape.times());
                for (int v = 0; v < voxels; v++) {
                    double[] course = new double[shape.times()];
                    for (int t = 0; t < course.length; t++) {
                        course[t] = values[t * voxels + v];
                    }
                    courses.put(name(shape, e, p, v), course);
                }
            }
        }
        write(target, options.existing(), s.times().timesS(), courses);
        List<String> lost = new ArrayList<>();
        lost.add("a table holds times and values: geometry, metadata and provenance were left out");
        return lost;
    }

    /**
     * Writes a table of time courses, all or nothing.
     *
     * @param target where it goes; its folder must exist
     * @param existing what happens to a file of that name
     * @param timesS seconds, one per row
     * @param courses one per column, by name, as long as the times
     * @throws IllegalArgumentException when a course has another length than the times
     * @throws org.fus.core.error.FusStorageException when the file cannot be written
     */
    public static void write(Path target, Existing existing, List<Double> timesS, Map<String, double[]> courses) {
        courses.forEach((name, course) -> {
            if (course.length != timesS.size()) {
                throw new IllegalArgumentException("time course '" + name + "' has " + course.length + " values for "
                        + timesS.size() + " times; give one each");
            }
        });
        AtomicFile.write(target, existing, out -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            row(
                    writer,
                    "time_s",
                    courses.keySet().stream().map(TimeCourseTable::quoted).toList());
            for (int t = 0; t < timesS.size(); t++) {
                int at = t;
                row(
                        writer,
                        number(timesS.get(t)),
                        courses.values().stream().map(c -> number(c[at])).toList());
            }
            writer.flush();
        });
    }

    private static void row(Writer writer, String first, List<String> rest) throws IOException {
        writer.write(first);
        for (String field : rest) {
            writer.write(',');
            writer.write(field);
        }
        writer.write("\r\n");
    }

    private static String number(double v) {
        return Double.isFinite(v) ? Double.toString(v) : "";
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private static long courses(FusSeries s) {
        return s.shape().voxels() * s.shape().extras() * s.shape().poses();
    }

    private static String name(FusSeries.Shape s, int extra, int pose, int voxel) {
        int x = voxel % s.nx();
        int y = voxel / s.nx() % s.ny();
        int z = voxel / s.nx() / s.ny();
        return (s.extras() > 1 ? "extra" + extra + "_" : "")
                + (s.poses() > 1 ? "pose" + pose + "_" : "")
                + "x" + x + "_y" + y + "_z" + z;
    }
}
