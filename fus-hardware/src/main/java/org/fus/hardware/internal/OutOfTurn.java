package org.fus.hardware.internal;

import org.fus.core.error.FusDeviceException;
import org.fus.hardware.DeviceFault;
import org.fus.hardware.DeviceState;

/** Refuses calls that do not suit the state of a device, and says what to do. */
public final class OutOfTurn {
    private OutOfTurn() {}

    /**
     * The refusal.
     *
     * @param device name of the device
     * @param what the call
     * @param state where the device stands
     * @param fault why it is in {@link DeviceState#FAULTED}; null otherwise
     * @return to be thrown
     */
    public static FusDeviceException of(String device, String what, DeviceState state, DeviceFault fault) {
        return new FusDeviceException(
                device,
                what + " is not possible in state " + state
                        + switch (state) {
                            case CONNECTED -> "; upload a program first";
                            case ARMED, RUNNING, STOPPING -> "; stop it and wait for its end first";
                            case FAULTED -> " (" + fault + "); remove the cause and reset it";
                            case EMERGENCY_STOPPED -> "; reset it when it is safe";
                            case CLOSED -> "; open it again";
                            case READY -> "";
                        });
    }

    /**
     * The refusal of a device that is gone.
     *
     * @param device name of the device
     * @param what the call
     * @return to be thrown
     */
    public static FusDeviceException noAnswer(String device, String what) {
        return new FusDeviceException(device, what + ": the device does not answer; close it and open it again");
    }
}
