package org.fus.io.urx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.function.Consumer;
import org.fus.io.content.SampleType;
import org.fus.io.internal.hdf.HdfGroup;

/** A small URX file as another program makes it, without the description of the SDK. */
public final class UrxMade {
    private UrxMade() {}

    /** A sound file. */
    public static byte[] sound() throws IOException {
        return bytes(whole(f -> {}));
    }

    /** One plane wave, two frames, three elements, five samples; each field can be damaged. */
    static final class Fields {
        String type = "LINEAR";
        int elements = 3;
        double place = -1e-4;
        int outline;
        String sampling = "RF";
        String wave = "PLANE_WAVE";
        double[] parameters = {0, 0, 1};
        double[] delays = {0, 0, 0};
        int active = 2;
        int probe;
        double fs = 20e6;
        long samples = 5;
        int group;
        int pulse;
        int columns = 1;
        int sets = 1;
        int types = 1;
        int rates;
        boolean silent;
        int depth;
        boolean hole;
    }

    /** What stands below the acquisition. */
    static Consumer<HdfGroup> whole(Consumer<Fields> change) {
        Fields f = new Fields();
        change.accept(f);
        return a -> {
            HdfGroup probe = a.group("probes").group(UrxNodes.item(0));
            if (f.types == 1) {
                probe.variableText("type", f.type);
            } else {
                probe.variableTexts("type", Collections.nCopies(f.types, f.type));
            }
            HdfGroup deep = a;
            for (int d = 0; d < f.depth; d++) {
                deep = deep.group("deep");
            }
            HdfGroup corner = probe.group("element_geometries")
                    .group(UrxNodes.item(0))
                    .group("perimeter")
                    .group(UrxNodes.item(0));
            corner.doubles("x", new double[] {1e-5});
            for (int e = 0; e < f.elements; e++) {
                HdfGroup element = probe.group("elements").group(UrxNodes.item(f.hole ? e + 1 : e));
                element.group("transform")
                        .group("translation")
                        .doubles("x", new double[] {e == 0 ? f.place : (e - 1) * 1e-4});
                element.integers("element_geometry", SampleType.UINT64, new long[] {f.outline});
            }
            a.group("excitations").group(UrxNodes.item(0)).doubles("transmit_frequency", new double[] {5e6});
            HdfGroup group = a.group("groups").group(UrxNodes.item(0));
            group.variableText("sampling_type", f.sampling);
            HdfGroup event = group.group("sequence").group(UrxNodes.item(0));
            HdfGroup fire = event.group("transmit_setup");
            fire.integers("probe", SampleType.UINT64, new long[] {f.probe});
            fire.group("wave").variableText("type", f.wave);
            fire.group("wave").doubles("parameters", f.parameters, f.parameters.length);
            fire.doubles("delays", f.delays, f.delays.length);
            fire.group("excitations").integers(UrxNodes.item(0), SampleType.UINT64, new long[] {f.pulse});
            for (int e = 0; e < 3; e++) {
                fire.group("active_elements")
                        .integers(
                                UrxNodes.item(e),
                                SampleType.UINT32,
                                f.silent ? new long[0] : new long[] {e == 2 ? f.active : e},
                                f.silent ? 0 : 1);
            }
            HdfGroup hear = event.group("receive_setup");
            hear.integers("probe", SampleType.UINT64, new long[] {0});
            if (f.rates == 0) {
                hear.doubles("sampling_frequency", new double[] {f.fs});
            } else {
                hear.attribute("sampling_frequency", new double[f.rates]);
            }
            hear.integers("number_samples", SampleType.INT64, new long[] {f.samples});
            for (int set = 0; set < f.sets; set++) {
                HdfGroup data = a.group("groups_data").group(UrxNodes.item(set));
                long[] samples = new long[30 * f.columns];
                Arrays.fill(samples, set);
                data.integers("group", SampleType.UINT64, new long[] {f.group});
                data.integers("raw_data", SampleType.INT16, samples, 30, f.columns);
            }
        };
    }

    /** A file. */
    static byte[] bytes(Consumer<HdfGroup> content) throws IOException {
        HdfGroup root = new HdfGroup();
        content.accept(UrxObjects.acquisition(root));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        root.writeTo(out);
        return out.toByteArray();
    }
}
