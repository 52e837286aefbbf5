package org.fus.hardware.motion.zaber;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fus.hardware.motion.AxisReading;
import org.fus.hardware.motion.AxisSettings;
import org.fus.hardware.motion.ControllerLink;
import org.fus.hardware.motion.ControllerRange;
import org.fus.hardware.motion.MotionController;
import org.fus.hardware.motion.MotionException;
import org.fus.hardware.motion.MotionFault;
import org.fus.hardware.motion.MotionFault.Kind;
import org.fus.hardware.motion.MotionPermit;
import org.fus.hardware.motion.StageSettings;
import org.fus.hardware.transport.ByteTransport;

/**
 * Zaber ASCII protocol: {@code /device axis id command:checksum}, reply {@code @device axis id OK IDLE WR data:checksum}.
 * Positions are microsteps; an axis is named {@code device} or {@code device.axis}, such as {@code 1} or {@code 2.1}.
 * Message numbers and checksums tie every reply to its command, so late, doubled and damaged replies are told apart.
 */
public final class ZaberAscii implements MotionController {
    private static final Duration REPLY = Duration.ofMillis(500);

    /** Controller data of a speed is microsteps per second times 1.6384 (10 kHz loop, 14 binary digits). */
    private static final double SPEED_DATA = 1.6384;

    private final ControllerLink link;
    private final List<ZaberAddress> axes = new ArrayList<>();
    private int id;

    /**
     * A chain of controllers on a line.
     *
     * @param transport 115200 baud, or TCP port 55550
     * @param settings axis names {@code device} or {@code device.axis}
     */
    public ZaberAscii(ByteTransport transport, StageSettings settings) {
        for (AxisSettings a : settings.axes()) {
            axes.add(ZaberAddress.parse(a.controllerAxis()));
        }
        this.link = new ControllerLink(transport, REPLY);
    }

    @Override
    public String connect() {
        for (ZaberAddress a : axes) { // from here on only replies with a checksum count
            link.send(line("/" + a.device() + " 0 set comm.checksum 1"));
        }
        link.discardInput(Duration.ofMillis(100)); // these replies may have none, and what an earlier session left
        List<String> names = new ArrayList<>();
        for (ZaberAddress a : axes) {
            names.add("device " + a.device() + " id "
                    + ask(a.device(), 0, "get deviceid").data() + " firmware "
                    + ask(a.device(), 0, "get version").data());
        }
        return "Zaber ASCII: " + String.join(", ", names);
    }

    @Override
    public Optional<ControllerRange> guard(int axis, ControllerRange range) {
        ZaberAddress a = axes.get(axis);
        long lower = Math.round(range.lower());
        long upper = Math.round(range.upper());
        require(axis, ask(a.device(), a.axis(), "set limit.min " + lower));
        require(axis, ask(a.device(), a.axis(), "set limit.max " + upper));
        return Optional.of(new ControllerRange(
                number(ask(a.device(), a.axis(), "get limit.min")),
                number(ask(a.device(), a.axis(), "get limit.max"))));
    }

    @Override
    public List<AxisReading> read() {
        List<AxisReading> all = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            ZaberReply r = ask(axes.get(i).device(), axes.get(i).axis(), "get pos");
            double position = number(r);
            boolean referenced = !r.warning().equals("WR") && !r.warning().equals("WH");
            all.add(new AxisReading(position, r.busy(), referenced, fault(i, r.warning())));
            if (r.warning().equals("FS")
                    || r.warning().equals("FB")
                    || r.warning().equals("NI")) {
                ask(axes.get(i).device(), axes.get(i).axis(), "warnings clear"); // told once is told
            }
        }
        return all;
    }

    private static Optional<MotionFault> fault(int axis, String warning) {
        Kind kind = switch (warning) {
            case "FS", "FB", "FT", "FQ" -> Kind.STALL;
            case "WL", "FE", "FP" -> Kind.LIMIT_SWITCH;
            case "FF", "FN", "FZ", "FO", "FD", "FV", "FC" -> Kind.CONTROLLER;
            default -> null; // warnings and notes do not end a motion
        };
        return Optional.ofNullable(kind)
                .map(k -> new MotionFault(
                        k,
                        axis,
                        "axis " + axis + ": controller warns " + warning + " (" + k
                                + "); see the warning flags in the controller's manual"));
    }

    @Override
    public boolean homesTogether() {
        return false;
    }

    @Override
    public void home(int axis, MotionPermit permit) {
        require(axis, command(axis, "home", permit));
    }

    @Override
    public void move(double[] targets, double[] speeds, MotionPermit permit) {
        for (int i = 0; i < targets.length; i++) {
            if (!Double.isNaN(targets[i])) {
                setSpeed(i, speeds[i]);
                require(i, command(i, "move abs " + Math.round(targets[i]), permit));
            }
        }
    }

    @Override
    public void jog(int axis, double distance, double speed, MotionPermit permit) {
        setSpeed(axis, speed);
        require(axis, command(axis, "move rel " + Math.round(distance), permit));
    }

    private void setSpeed(int axis, double speed) {
        ZaberAddress a = axes.get(axis);
        require(axis, ask(a.device(), a.axis(), "set maxspeed " + Math.max(1, Math.round(speed * SPEED_DATA))));
    }

    @Override
    public void stop() {
        link.send(line("/0 0 stop")); // to all devices at once; their replies carry no number and are skipped
    }

    @Override
    public void emergencyStop() {
        link.send(line("/0 0 estop"));
    }

    @Override
    public void reset() {
        link.discardInput(Duration.ofMillis(100));
        for (ZaberAddress a : axes) {
            ask(a.device(), a.axis(), "warnings clear");
        }
    }

    @Override
    public void close() {
        link.close();
    }

    // ---- one exchange ----

    private ZaberReply command(int axis, String command, MotionPermit permit) {
        ZaberAddress a = axes.get(axis);
        int number = nextId();
        link.send(line("/" + a.device() + " " + a.axis() + " " + number + " " + command), permit);
        return await(a.device(), number, command);
    }

    private ZaberReply ask(int device, int axis, String command) {
        int number = nextId();
        link.send(line("/" + device + " " + axis + " " + number + " " + command));
        return await(device, number, command);
    }

    private int nextId() {
        id = (id + 1) % 100;
        return id;
    }

    private ZaberReply await(int device, int number, String command) {
        long deadline = link.replyDeadline();
        while (true) {
            Optional<ZaberReply> reply = ZaberReply.parse(link.readLine(deadline));
            // alerts, replies to a broadcast stop, late and doubled ones: not ours
            if (reply.isPresent()
                    && reply.get().device() == device
                    && reply.get().id() == number) {
                return reply.get();
            }
            if (System.nanoTime() - deadline > 0) {
                throw link.protocol("no answer to '" + command + "' among what came in");
            }
        }
    }

    private static byte[] line(String text) {
        return (text + ":" + checksum(text, 1) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Two hexadecimal digits that bring the sum of the bytes behind the first to zero. */
    static String checksum(String text, int from) {
        int sum = 0;
        for (int i = from; i < text.length(); i++) {
            sum += text.charAt(i);
        }
        return String.format(Locale.ROOT, "%02X", (256 - sum % 256) % 256);
    }

    private void require(int axis, ZaberReply reply) {
        if (reply.rejected()) {
            Kind kind = switch (reply.data()) {
                case "BADDATA" -> Kind.SOFT_LIMIT;
                case "DRIVERDISABLED", "STATUSBUSY", "PARKED" -> Kind.CONTROLLER;
                default -> Kind.PROTOCOL;
            };
            throw new MotionException(
                    link.name(),
                    new MotionFault(
                            kind,
                            axis,
                            "axis " + axes.get(axis) + " refused with " + reply.data()
                                    + (kind == Kind.SOFT_LIMIT ? " (outside the controller's limits)" : "")));
        }
    }

    private double number(ZaberReply reply) {
        if (!reply.rejected() && reply.data().matches("-?[0-9]{1,12}")) {
            return Long.parseLong(reply.data());
        }
        throw link.protocol("answered '" + reply.data() + "', expected a whole number");
    }
}
