package org.fus.core.beamforming;

import java.util.Objects;
import org.fus.core.data.ChannelData;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.RfData;
import org.fus.core.geometry.Vector3;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.run.RunContext;

/** Delay-and-sum of one frame in double, straight from the definition. */
final class ReferenceDas {
    private static final int PIXELS_PER_TASK = 256;

    private final DasGeometry geometry;
    private final double rotationHz;

    ReferenceDas(DasGeometry geometry, double rotationHz) {
        this.geometry = geometry;
        this.rotationHz = rotationHz;
    }

    double[] image(ChannelData data, int frame, RunContext context) {
        Objects.checkIndex(frame, data.frames());
        FramePanels samples = switch (data) {
            case IqData iq -> iq.panels();
            case RfData rf -> RealPanels.of(rf.slice(frame, 1));
        };
        int at = data instanceof IqData ? frame : 0;
        int pixels = geometry.grid().size();
        double[] image = new double[2 * pixels];
        context.forEach("reference", (pixels + PIXELS_PER_TASK - 1) / PIXELS_PER_TASK, task -> {
            int last = Math.min((task + 1) * PIXELS_PER_TASK, pixels);
            for (int p = task * PIXELS_PER_TASK; p < last; p++) {
                pixel(samples, at, p, image);
            }
        });
        return image;
    }

    private void pixel(FramePanels samples, int frame, int p, double[] image) {
        ChannelFormat format = geometry.format();
        Vector3 point = geometry.grid().pointM(p);
        double scale = geometry.scale(point);
        double[] value = new double[2];
        for (int t = 0; t < format.transmits(); t++) {
            if (!geometry.reaches(t, point)) {
                continue;
            }
            double transmitS = geometry.transmitS(t, point);
            double startS = format.samples().startTimesS().get(t);
            ReceiveChannels channels = geometry.channels(geometry.groupOf(t));
            for (int c = 0; c < channels.count(); c++) {
                double weight = channels.weight(c, point);
                if (!Double.isNaN(weight)) {
                    double timeS = transmitS + channels.timeS(c, point);
                    double at = (timeS - startS) * format.samples().samplingFrequencyHz();
                    if (interpolate(samples, frame, t * format.channels() + c, at, value)) {
                        double turns = rotationHz * timeS;
                        double angle = 2 * Math.PI * (turns - Math.floor(turns));
                        double cos = scale * weight * Math.cos(angle);
                        double sin = scale * weight * Math.sin(angle);
                        image[2 * p] += cos * value[0] - sin * value[1];
                        image[2 * p + 1] += cos * value[1] + sin * value[0];
                    }
                }
            }
        }
    }

    private boolean interpolate(FramePanels samples, int frame, int trace, double at, double[] value) {
        Interpolation by = geometry.options().interpolation();
        int count = geometry.format().sampleCount();
        double shifted = by == Interpolation.NEAREST ? at + 0.5 : at;
        if (!(at >= 0) || !(shifted < count - (by.firstTap() + by.taps() - 1))) {
            return false;
        }
        int k = (int) shifted;
        int cell = trace * IqData.stride(geometry.format()) + k + by.firstTap();
        value[0] = 0;
        value[1] = 0;
        for (int tap = Math.max(0, -by.firstTap() - k); tap < by.taps(); tap++) {
            double w = by.weight(tap, shifted - k);
            value[0] += w * samples.re(frame, cell + tap);
            value[1] += w * samples.im(frame, cell + tap);
        }
        return true;
    }
}
