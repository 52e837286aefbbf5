package org.fus.hardware.motion.zaber;

/**
 * A device of a chain and an axis of it.
 *
 * @param device 1 to 99
 * @param axis 1 to 9
 */
record ZaberAddress(int device, int axis) {
    static ZaberAddress parse(String text) {
        if (!text.matches("[1-9][0-9]?(\\.[1-9])?")) {
            throw new IllegalArgumentException(
                    "Zaber axis '" + text + "', expected device or device.axis, such as 1 or 2.1");
        }
        int dot = text.indexOf('.');
        return dot < 0
                ? new ZaberAddress(Integer.parseInt(text), 1)
                : new ZaberAddress(Integer.parseInt(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
    }

    @Override
    public String toString() {
        return device + "." + axis;
    }
}
