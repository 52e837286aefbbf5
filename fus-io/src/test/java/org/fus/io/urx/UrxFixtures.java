package org.fus.io.urx;

import java.util.List;
import org.fus.core.data.ChannelFormat;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.io.content.Content;
import org.fus.io.content.Origin;
import org.fus.io.internal.frames.LoadedChannels;

/** Small recordings, and files as an independent program writes them from the layout of the formats. */
final class UrxFixtures {
    /**
     * Writes the objects of both formats with h5py, as the library of the vendor does: scalar data sets, texts of variable
     * length, lists as groups of eight digits.
     */
    static final String H5PY = """
        import h5py, sys, numpy as np
        f = h5py.File(sys.argv[1], 'w')
        text = h5py.string_dtype()
        def put(g, **fields):
            for name, v in fields.items():
                if isinstance(v, str): g.create_dataset(name, data=v, dtype=text)
                elif isinstance(v, dict): put(g.create_group(name), **v)
                elif isinstance(v, list):
                    c = g.create_group(name)
                    for i, o in enumerate(v):
                        if isinstance(o, dict): put(c.create_group('%08d' % i), **o)
                        else: put(c, **{'%08d' % i: o})
                else: g.create_dataset(name, data=v)
        def vec(x, y, z): return dict(x=float(x), y=float(y), z=float(z))
        def place(x=0, y=0, z=0, rx=0, ry=0, rz=0):
            return dict(rotation=vec(rx, ry, rz), translation=vec(x, y, z))
        row = lambda *v: np.array(v, dtype=np.float64)
        u32 = lambda *v: np.array(v, dtype=np.uint32)
        def probe(n, pitch=2e-4, kind='LINEAR', at=None):
            w, h = 9e-5, 1.5e-3
            return dict(description='P%d é' % n, type=kind, transform=at or place(),
                element_geometries=[dict(perimeter=[vec(-w, -h, 0), vec(w, -h, 0), vec(w, h, 0), vec(-w, h, 0)])],
                elements=[dict(transform=place((i - (n - 1) / 2) * pitch), element_geometry=np.uint64(0))
                          for i in range(n)])
        def fire(angle, n, pitch=2e-4, c=1500.0, probe=0):
            x = (np.arange(n) - (n - 1) / 2) * pitch
            d = np.sin(angle) * x / c + 1e-6
            return dict(probe=np.uint64(probe), probe_transform=place(), time_offset=2e-7, delays=d,
                wave=dict(type='PLANE_WAVE', time_zero=1e-6, time_zero_reference_point=vec(0, 0, 0),
                          parameters=row(np.sin(angle), 0, np.cos(angle))),
                active_elements=[u32(i) for i in range(n)], excitations=[np.uint64(0)] * n)
        def hear(n, samples, probe=0, modulation=np.nan):
            return dict(probe=np.uint64(probe), probe_transform=place(), sampling_frequency=20e6,
                number_samples=np.uint32(samples), active_elements=[u32(i) for i in range(n)],
                tgc_profile=row(1, 2), tgc_sampling_frequency=1e6, modulation_frequency=modulation,
                time_offset=5e-6)
        pulse = dict(pulse_shape='sinus', transmit_frequency=5e6, sampling_frequency=2e8, waveform=row(0, 1, 0))
        def root(**acquisition):
            put(f.create_group('dataset'),
                version=dict(major=np.uint16(1), minor=np.uint16(2), patch=np.uint16(0)),
                acquisition=dict(authors='Ada', description='d', local_time='', country_code='FR', system='s',
                                 timestamp=12.5, excitations=[pulse], **acquisition))
        """;

    private UrxFixtures() {}

    /** Three plane waves, two frames, four channels of whole numbers. */
    static Content.Channels planeWaves() {
        Probe probe = Probe.linear("p", 4, 1.1e-4, 15e6)
                .elementWidthM(1e-4)
                .elevation(1.5e-3, Double.NaN)
                .build();
        ChannelFormat format = new ChannelFormat(
                probe, TransmitSequence.planeWaves(-0.1, 0.1, 3, 15e6, 1500), SampleAxis.common(60e6, 2e-6, 3, 5));
        float[][] values = new float[2][3 * 4 * 5];
        for (int i = 0; i < 2 * 60; i++) {
            values[i / 60][i % 60] = 7 * i - 300;
        }
        return new Content.Channels(
                new Origin("", "", "int16", java.util.Map.of(), List.of()),
                new LoadedChannels("made", format, 2, 0, f -> values[f].clone()));
    }
}
