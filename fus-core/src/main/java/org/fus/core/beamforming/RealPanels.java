package org.fus.core.beamforming;

import org.fus.core.data.IqData;
import org.fus.core.data.RfData;
import org.fus.core.internal.layout.FramePanels;

/** RF in the engine's layout: real parts, imaginary parts 0. */
final class RealPanels {
    private RealPanels() {}

    static FramePanels of(RfData data) {
        FramePanels panels = IqData.allocatePanels(data.format(), data.frames());
        int samples = data.format().sampleCount();
        int stride = IqData.stride(data.format());
        float[] trace = new float[samples];
        for (int f = 0; f < data.frames(); f++) {
            for (int t = 0; t < data.format().transmits(); t++) {
                for (int c = 0; c < data.format().channels(); c++) {
                    data.copyTrace(f, t, c, trace, 0);
                    int cell = (t * data.format().channels() + c) * stride;
                    for (int s = 0; s < samples; s++) {
                        panels.set(f, cell + s, trace[s], 0);
                    }
                }
            }
        }
        return panels;
    }
}
