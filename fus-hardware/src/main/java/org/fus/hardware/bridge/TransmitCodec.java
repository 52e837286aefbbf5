package org.fus.hardware.bridge;

import java.util.stream.IntStream;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitAperture;

/** Firings on the wire. */
final class TransmitCodec {
    private static final int PLANE = 1;
    private static final int DIVERGING = 2;
    private static final int FOCUSED = 3;
    private static final int ELEMENT = 4;
    private static final int DELAYS = 5;

    private TransmitCodec() {}

    static void write(WireWriter out, Transmit transmit) {
        switch (transmit) {
            case Transmit.PlaneWave w -> {
                out.u8(PLANE).f64(w.tiltRad()).f64(w.elevationRad());
                weights(out, w.aperture());
            }
            case Transmit.DivergingWave w -> {
                out.u8(DIVERGING).f64(w.sourceXM()).f64(w.sourceYM()).f64(w.sourceZM());
                weights(out, w.aperture());
            }
            case Transmit.FocusedWave w -> {
                out.u8(FOCUSED).f64(w.focusXM()).f64(w.focusYM()).f64(w.focusZM());
                weights(out, w.aperture());
            }
            case Transmit.SingleElement w -> out.u8(ELEMENT).u32(w.element());
            case Transmit.ElementDelays w -> {
                out.u8(DELAYS).list(w.delaysS(), WireWriter::f64);
                weights(out, w.weights());
            }
        }
    }

    static Transmit read(WireReader in) {
        int kind = in.u8();
        return switch (kind) {
            case PLANE -> new Transmit.PlaneWave(in.f64(), in.f64(), readWeights(in));
            case DIVERGING -> new Transmit.DivergingWave(in.f64(), in.f64(), in.f64(), readWeights(in));
            case FOCUSED -> new Transmit.FocusedWave(in.f64(), in.f64(), in.f64(), readWeights(in));
            case ELEMENT -> new Transmit.SingleElement(in.u32());
            case DELAYS -> new Transmit.ElementDelays(in.f64s(in.u32()), readWeights(in));
            default -> throw in.fault("a transmit of kind " + kind + ", expected 1 to 5");
        };
    }

    /** Weights of the elements; an empty list for all. */
    private static void weights(WireWriter out, TransmitAperture aperture) {
        out.list(
                IntStream.range(0, aperture.elements())
                        .mapToObj(aperture::weight)
                        .toList(),
                WireWriter::f64);
    }

    private static TransmitAperture readWeights(WireReader in) {
        double[] weights =
                in.f64s(in.u32()).stream().mapToDouble(Double::doubleValue).toArray();
        return weights.length == 0 ? TransmitAperture.ALL : TransmitAperture.of(weights);
    }
}
