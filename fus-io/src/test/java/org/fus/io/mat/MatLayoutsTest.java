package org.fus.io.mat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fus.core.data.FusSeries;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.RfData;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.PixelGrid;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.testing.AnySeries;
import org.fus.io.testing.Peers;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The layouts of the field in files that SciPy and h5py wrote. Every value is its own index in (time, z, y, x), so that each
 * exchanged axis shows.
 */
class MatLayoutsTest {
    private static final int T = 5;
    private static final int Z = 4;
    private static final int Y = 3;
    private static final int X = 6;

    @TempDir
    Path folder;

    /** How the variables of a Python dictionary become a file. */
    enum Container {
        PLAIN("5"),
        COMPRESSED("5"),
        HDF5("7.3");

        final String version;

        Container(String version) {
            this.version = version;
        }
    }

    /** As MATLAB 7.3 writes: a user block, axes in reverse, structures as groups, texts as codes of characters. */
    private static final String SAVE = """
        import numpy as np, scipy.io, sys
        def save(path, how, variables):
            if how != 'HDF5':
                scipy.io.savemat(path, variables, appendmat=False, do_compression=how == 'COMPRESSED')
                return
            import h5py
            f = h5py.File(path, 'w', userblock_size=512)
            def put(group, name, v):
                if isinstance(v, dict):
                    g = group.create_group(name)
                    g.attrs['MATLAB_class'] = np.bytes_('struct')
                    for k in v: put(g, k, v[k])
                elif isinstance(v, str):
                    d = group.create_dataset(name, data=np.array([[ord(c)] for c in v], 'u2'))
                    d.attrs['MATLAB_class'] = np.bytes_('char')
                else:
                    a = np.atleast_2d(v).T
                    if np.iscomplexobj(a):
                        part = a.real.dtype
                        c = np.empty(a.shape, [('real', part), ('imag', part)])
                        c['real'], c['imag'] = a.real, a.imag
                        a = c
                    d = group.create_dataset(name, data=a, compression='gzip' if a.size > 50 else None)
                    d.attrs['MATLAB_class'] = np.bytes_('double')
            for k in variables: put(f, k, variables[k])
            f.close()
            with open(path, 'r+b') as b:
                b.write(b'MATLAB 7.3 MAT-file, Platform: GLNXA64'.ljust(124) + b'\\0\\2IM')
        t, z, y, x = np.meshgrid(*[np.arange(n) for n in (5, 4, 3, 6)], indexing='ij')
        value = ((t * 4 + z) * 3 + y) * 6 + x
        def axes(order, dtype='float64'):
            return np.transpose(value, ['tzyx'.index(a) for a in order]).astype(dtype)
        path, how = sys.argv[1], sys.argv[2]
        """;

    @ParameterizedTest
    @CsvSource({
        "PLAIN, float64",
        "PLAIN, int16",
        "PLAIN, float32",
        "COMPRESSED, float64",
        "COMPRESSED, uint16",
        "HDF5, float64",
        "HDF5, int16"
    })
    void read_acquisition_givesEveryVoxel(Container how, String dtype) throws Exception {
        Content content = saved(how, "a.acq", """
            save(path, how, {'Acquisition': {'Data': axes('xyzt', '%s'), 'T': np.arange(1, 6) * 0.4,
                'nFrames': 5.0, 'comment': 'rat é'}})
            """.formatted(dtype));

        FusSeries series = ((Content.Series) content).series();
        requireIndices(series);
        assertThat(content.origin().dtype()).isEqualTo(dtype);
        assertThat(content.origin().format()).isEqualTo("MATLAB " + how.version + ", Acquisition (power Doppler)");
        assertThat(series.times().timesS()).containsExactly(0.4, 0.8, 3 * 0.4, 1.6, 2.0);
        assertThat(series.metadata())
                .containsEntry("nFrames", 5.0)
                .containsEntry("comment", "rat é")
                .containsEntry("notStated", List.of("voxelSizeM"));
        assertThat(content.origin().warnings()).singleElement().asString().contains("1 mm is assumed");
        JsonNode page = new ObjectMapper().readTree(FusFiles.infoJson(content));
        assertThat(page.path("durationS").asDouble()).isEqualTo(2);
        assertThat(page.path("frameRateHz").asDouble()).isEqualTo(2.5);
        assertThat(page.path("notStated").toString())
                .isEqualTo("[\"voxelSizeM\",\"probe\",\"sequence\",\"subject\",\"session\"]");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void read_film_givesEveryVoxel(Container how) throws Exception {
        Content content = saved(how, "Doppler.mat", "save(path, how, {'Doppler_film': axes('zxty', 'float32')})");

        FusSeries series = ((Content.Series) content).series();
        requireIndices(series);
        assertThat(series.metadata()).containsEntry("notStated", List.of("voxelSizeM", "timesS"));
        JsonNode page = new ObjectMapper().readTree(FusFiles.infoJson(content));
        assertThat(page.path("durationS").isNull()).isTrue();
        assertThat(page.path("notStated").toString())
                .contains("voxelSizeM")
                .contains("durationS")
                .contains("frameRateHz");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void read_recordingOfOneSlice_hasNoNeedOfTheLastAxes(Container how) throws Exception {
        Content content = saved(how, "a.mat", """
            save(path, how, {'Acquisition': {'Data': axes('xyzt')[:, 0, :, 0][:, None, :], 'T': 0.4}})
            """);

        FusSeries series = ((Content.Series) content).series();
        assertThat(series.shape()).isEqualTo(new FusSeries.Shape(1, 1, 1, Z, 1, X));
        // Volume 0, z 3, y 0, x 5.
        assertThat(series.read(0, 0, 0, 1)[3 * X + 5]).isEqualTo(3 * Y * X + 5);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void read_dopWithTimestamps_givesEveryVoxel(Container how) throws Exception {
        Content content = saved(how, "s.mat", """
            save(path, how, {'dop': axes('zxty')[:, :, :, 0], 'timestamps': np.arange(5) * 0.5, 'run_label': 'run 1',
                'UF': {'Lambda': 0.2}})
            """);

        FusSeries series = ((Content.Series) content).series();
        assertThat(series.shape()).isEqualTo(new FusSeries.Shape(1, 1, T, Z, 1, X));
        // t 4, z 3, y 0, x 5.
        assertThat(series.read(0, 0, 4, 1)[3 * X + 5]).isEqualTo((4 * Z + 3) * Y * X + 5);
        assertThat(series.times().timesS()).containsExactly(0.0, 0.5, 1.0, 1.5, 2.0);
        assertThat(series.metadata()).containsEntry("run_label", "run 1").containsEntry("UF", Map.of("Lambda", 0.2));
    }

    @ParameterizedTest
    @CsvSource({
        "PLAIN, 'DV.AP.LR', '50, 300, 100', 1e-4, 3e-4, 5e-5, micrometres",
        "COMPRESSED, 'DV.AP.LR', '0.05, 0.3, 0.1', 1e-4, 3e-4, 5e-5, millimetres",
        "HDF5, 'VD.RL.PA', '50, 100, 300', 1e-4, 3e-4, 5e-5, micrometres"
    })
    void read_pyfus_givesEveryVoxelAndItsSize(
            Container how, String direction, String size, double dx, double dy, double dz, String unit)
            throws Exception {
        Content content = saved(how, "p.mat", """
            save(path, how, {'I': axes('zxyt'), 'md': {'imageSize': np.array([4., 6., 3.]),
                'voxelSize': np.array([%s]), 'Direction': '%s'}})
            """.formatted(size, direction));

        FusSeries series = ((Content.Series) content).series();
        requireIndices(series);
        FusSeries.Geometry g = series.geometry();
        // Sizes pass through one multiplication.
        assertThat(g.dxM()).isCloseTo(dx, within(1e-18));
        assertThat(g.dyM()).isCloseTo(dy, within(1e-18));
        assertThat(g.dzM()).isCloseTo(dz, within(1e-18));
        boolean reversed = direction.startsWith("VD");
        // The PROBE frame points up: depth grows along DV.
        assertThat(Math.signum(g.voxelsToProbe().at(2, 2))).isEqualTo(reversed ? 1 : -1);
        assertThat(Math.signum(g.voxelsToProbe().at(0, 0))).isEqualTo(reversed ? -1 : 1);
        assertThat(g.voxelsToProbe().apply(0, 0, reversed ? Z - 1 : 0)[2]).isCloseTo(0, within(1e-18));
        assertThat(content.origin().warnings()).anyMatch(w -> w.contains("taken as " + unit));
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void read_olderPyfus_givesEveryVoxel(Container how) throws Exception {
        // What PyfUS makes of it: I.reshape(size[0], size[2], size[1], frames), in the order of C.
        Content content = saved(how, "p.mat", """
            save(path, how, {'I': axes('zyxt').reshape(4, 18, 5), 'md': {'size': np.array([4., 6., 3.])}})
            """);

        requireIndices(((Content.Series) content).series());
    }

    @ParameterizedTest
    @CsvSource({"PLAIN, complex64", "PLAIN, complex128", "COMPRESSED, complex64", "HDF5, complex64", "HDF5, complex128"
    })
    void read_pala_givesEveryPixelAndItsPlace(Container how, String dtype) throws Exception {
        Content content = saved(how, "PALA_001.mat", """
            iq = (axes('zxty')[:, :, :, 0] * (1 - 2j)).astype('%s')
            save(path, how, {'IQ': iq, 'UF': {'TwFreq': 15.4, 'FrameRateUF': 1000.0},
                'PData': {'PDelta': np.array([1., 0, 0.5]), 'Origin': np.array([-2.5, 0, 10])}})
            """.formatted(dtype));

        Content.Iq iq = (Content.Iq) content;
        IqEnsemble ensemble = iq.ensemble();
        assertThat(content.origin().dtype()).isEqualTo(dtype);
        assertThat(ensemble.timing()).isEqualTo(new IqEnsemble.Timing(1000, 15.4e6, 1540));
        PixelGrid grid = (PixelGrid) ensemble.grid();
        // 1540 m/s / 15.4 MHz = 0.1 mm.
        assertThat(grid.dxM()).isCloseTo(1e-4, within(1e-17));
        assertThat(grid.dzM()).isCloseTo(5e-5, within(1e-17));
        assertThat(grid.x0M()).isCloseTo(-2.5e-4, within(1e-17));
        assertThat(grid.z0M()).isCloseTo(1e-3, within(1e-17));
        for (int f = 0; f < T; f++) {
            float[] frame = ensemble.copyFrame(f);
            for (int z = 0; z < Z; z++) {
                for (int x = 0; x < X; x++) {
                    int index = (f * Z + z) * Y * X + x;
                    assertThat(frame[2 * (z * X + x)]).isEqualTo(index);
                    assertThat(frame[2 * (z * X + x) + 1]).isEqualTo(-2 * index);
                }
            }
        }
        assertThat(iq.recording().read(T - 1, 1).copyFrame(0)).isEqualTo(ensemble.copyFrame(T - 1));
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void read_must_givesEverySample(Container how) throws Exception {
        Content content = saved(how, "m.mat", """
            rf = np.arange(24).reshape(2, 3, 4).T.astype('int16')
            save(path, how, {'RF': rf, 'param': {'fs': 20e6, 'fc': 5e6, 'PRF': 1000., 'pitch': 3e-4}})
            """);

        RfData rf = ((Content.Channels) content).data();
        float[] trace = new float[4];
        rf.copyTrace(1, 0, 2, trace, 0);
        assertThat(trace).containsExactly(20, 21, 22, 23);
        assertThat(rf.format().sequence().pulseRepetitionFrequencyHz()).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'Acquisition': {'Data': axes('xyzt'), 'T': np.arange(4.)}} | Acquisition.T: expected 5 times",
                "{'Acquisition': {'T': np.arange(4.)}} | Acquisition.Data: expected real numbers",
                "{'Acquisition': {'Data': 'text', 'T': 1.}} | Acquisition.Data: expected real numbers (x, y, z, time),"
                        + " got a text",
                "{'Acquisition': {'Data': axes('xyzt') * 1j, 'T': np.arange(5.)}} | variable Acquisition.Data:"
                        + " expected real numbers",
                "{'Acquisition': 3.} | variable Acquisition: expected a structure",
                "{'I': axes('zxyt'), 'md': {'imageSize': np.array([4., 3., 6.])}} | variable I: expected shape [4, 3,"
                        + " 6]",
                "{'I': axes('zxyt'), 'md': {'size': np.array([4., 3., 6.])}} | variable I: expected shape [4, 3 * 6,"
                        + " times]",
                "{'I': axes('zxyt'), 'md': {'imageSize': np.array([4., 6.])}} | md.imageSize: expected three whole"
                        + " numbers",
                "{'I': axes('zxyt'), 'md': {'voxelSize': np.array([50., 0.1, 1])}} | md.voxelSize: expected sizes of"
                        + " one unit",
                "{'I': axes('zxyt'), 'md': {'voxelSize': np.array([5., 5., -5])}} | md.voxelSize: expected three"
                        + " positive",
                "{'I': axes('zxyt'), 'md': {'voxelSize': np.ones(3), 'Direction': 'DV.AP'}} | md.Direction: expected"
                        + " three",
                "{'IQ': axes('zxyt') * 1j} | variable IQ: expected shape (z, x, frame)",
                "{'IQ': axes('zxty')[:, :, :, 0] * 1j} | variable UF: expected a structure",
                "{'IQ': np.ones((2, 2)) * 1j, 'UF': {'TwFreq': 15., 'FrameRateUF': 0.}, 'PData': {'PDelta':"
                        + " np.ones(3)}} | frameRateHz 0.0",
                "{'IQ': np.ones((2, 2)) * 1j, 'UF': {'TwFreq': 15.}, 'PData': {'PDelta': np.ones(3)}} |"
                        + " UF.FrameRateUF: expected a number",
                "{'IQ': np.ones((2, 2)) * 1j, 'UF': {'TwFreq': 1., 'FrameRateUF': 1.}, 'PData': {'PDelta':"
                        + " np.ones(2)}} | PData.PDelta",
                "{'dop': axes('zxty')[:, :, :, 0], 'timestamps': np.arange(4.)} | variable timestamps: expected 5"
                        + " times",
                "{'somethingElse': 1.} | variables: expected values; Acquisition (power Doppler);"
            })
    void read_variablesThatDoNotFit_areNamed(String variables, String message) throws Exception {
        Peers.python("h5py", "");
        Peers.python(
                "scipy",
                SAVE + "for how in ('PLAIN', 'COMPRESSED', 'HDF5'): save(path + how + '.mat', how, " + variables + ")",
                folder.resolve("a"),
                Path.of(""));
        for (Container how : Container.values()) {
            Path file = folder.resolve("a" + how + ".mat");
            assertThatThrownBy(() -> FusFiles.open(file))
                    .isInstanceOf(FusFormatException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining(message);
        }
    }

    private Content saved(Container how, String name, String script) throws Exception {
        Path file = folder.resolve(name);
        if (how == Container.HDF5) {
            Peers.python("h5py", "", file);
        }
        assertThat(Peers.python("scipy", SAVE + script, file, Path.of(how.name())))
                .isEmpty();
        return FusFiles.open(file);
    }

    private static void requireIndices(FusSeries series) {
        assertThat(series.shape()).isEqualTo(new FusSeries.Shape(1, 1, T, Z, Y, X));
        double[] all = AnySeries.all(series);
        for (int i = 0; i < all.length; i++) {
            assertThat(all[i]).isEqualTo(i);
        }
        assertThat(series.read(0, 0, 3, 2)).startsWith(3.0 * Z * Y * X).hasSize(2 * Z * Y * X);
        assertThat(series.read(0, 0, 1, 1)).startsWith(1.0 * Z * Y * X);
    }
}
