package org.fus.hardware.bridge;

import java.lang.ref.Cleaner;
import java.util.List;
import java.util.concurrent.Flow;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.hardware.Acquisition;
import org.fus.hardware.BlockReceiver;
import org.fus.hardware.DeviceEvent;
import org.fus.hardware.DeviceFault;
import org.fus.hardware.DeviceInfo;
import org.fus.hardware.DeviceLimits;
import org.fus.hardware.DeviceState;
import org.fus.hardware.HighVoltageReading;
import org.fus.hardware.ProbePort;
import org.fus.hardware.RunOptions;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.internal.HeldRun;
import org.fus.hardware.internal.LastResort;

/** A scanner at the other end of a bridge. */
final class BridgeDevice implements UltrasoundDevice {
    private final BridgeCore core;
    private final Cleaner.Cleanable closing;

    BridgeDevice(BridgeCore core) {
        this.core = core;
        closing = LastResort.watch(this, core::highVoltageOff, core::close);
    }

    @Override
    public DeviceInfo info() {
        return core.info();
    }

    @Override
    public DeviceLimits limits() {
        return core.limits();
    }

    @Override
    public List<ProbePort> probes() {
        return core.probes();
    }

    @Override
    public AcquisitionProgram defaultProgram() {
        return core.defaultProgram();
    }

    @Override
    public DeviceState state() {
        return core.state();
    }

    @Override
    public List<String> validate(AcquisitionProgram program, Probe forProbe) {
        return core.validate(program, forProbe);
    }

    @Override
    public UploadedProgram upload(AcquisitionProgram program, Probe forProbe) {
        return core.upload(program, forProbe);
    }

    @Override
    public Acquisition start(UploadedProgram program, RunOptions options, BlockReceiver receiver) {
        return new HeldRun(core.start(program, options, receiver), this);
    }

    @Override
    public void setVoltage(double volts) {
        core.setVoltage(volts);
    }

    @Override
    public HighVoltageReading highVoltage() {
        return core.highVoltage();
    }

    @Override
    public void heartbeat() {
        core.heartbeat();
    }

    @Override
    public void trip(DeviceFault reason) {
        core.trip(reason);
    }

    @Override
    public void emergencyStop() {
        core.emergencyStop();
    }

    @Override
    public void reset() {
        core.reset();
    }

    @Override
    public Flow.Publisher<DeviceEvent> events() {
        return core.events();
    }

    @Override
    public void stop() {
        core.stop();
    }

    @Override
    public void close() {
        core.close();
        closing.clean();
    }
}
