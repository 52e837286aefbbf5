package org.fus.hardware.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.fus.core.pipeline.Clutter;
import org.fus.hardware.program.AcquisitionPlan;
import org.fus.hardware.program.PlanKind;
import org.fus.hardware.safety.AcousticOutputSettings;
import org.fus.hardware.safety.SafetySettings;
import org.fus.hardware.trigger.Paradigm;
import org.fus.io.bids.BidsName;
import org.fus.io.source.Disk;

/**
 * What an acquisition shall do. Immutable.
 *
 * @param acquisition what is fired, received, visited
 * @param stimulation what is presented meanwhile
 * @param name name of the recording in its fUSI-BIDS data set
 * @param clutter filter of the power Doppler maps
 * @param voltageCapV what the voltage must never exceed with this probe, volts
 * @param safety what the safety monitor watches for
 * @param operator who answers for it, for the audit log
 * @param disk takes the recording and the scan
 */
public record SessionPlan(
        AcquisitionPlan acquisition,
        Optional<Stimulation> stimulation,
        BidsName name,
        Clutter clutter,
        double voltageCapV,
        SafetySettings safety,
        String operator,
        Disk disk) {
    private static final int USUAL_COMPONENTS = 40;

    /** Checks that nothing is missing. */
    public SessionPlan {
        Objects.requireNonNull(acquisition, "acquisition");
        Objects.requireNonNull(stimulation, "stimulation");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(clutter, "clutter");
        Objects.requireNonNull(safety, "safety");
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(disk, "disk");
    }

    /**
     * What is presented, and on which lines.
     *
     * @param paradigm what is presented when; time 0 is the arrival at the first pose
     * @param channels line of the trigger port per trial type
     */
    public record Stimulation(Paradigm paradigm, Map<String, String> channels) {
        /** Copies. */
        public Stimulation {
            Objects.requireNonNull(paradigm, "paradigm");
            channels = Map.copyOf(channels);
        }

        /**
         * Trial types in the order of the alphabet on lines in the order of the alphabet.
         *
         * @param paradigm what is presented when
         * @param lines names of the output lines; types beyond them have none, which the check tells
         * @return the stimulation
         */
        public static Stimulation on(Paradigm paradigm, Iterable<String> lines) {
            TreeSet<String> free = new TreeSet<>();
            lines.forEach(free::add);
            Map<String, String> channels = new LinkedHashMap<>();
            for (String type : new TreeSet<>(types(paradigm))) {
                if (!free.isEmpty()) {
                    channels.put(type, free.pollFirst());
                }
            }
            return new Stimulation(paradigm, channels);
        }

        private static List<String> types(Paradigm paradigm) {
            return paradigm.events().stream().map(Paradigm.Event::trialType).toList();
        }
    }

    /**
     * The usual way: subject 01, no stimulus, SVD of 40 components (a fifth of the frames when a block has fewer than 200), a
     * cap of 25 V (the published limit of IcoPrime and L22-14v).
     *
     * @param acquisition what is fired, received, visited
     * @return the plan
     */
    public static SessionPlan of(AcquisitionPlan acquisition) {
        int frames = acquisition.receiving().framesPerBlock();
        return new SessionPlan(
                acquisition,
                Optional.empty(),
                BidsName.of("01", isFunctional(acquisition.kind()) ? "rest" : ""),
                new Clutter.Svd(Math.clamp(frames / 5, 1, USUAL_COMPONENTS)),
                AcousticOutputSettings.DEFAULT.voltageCapV(),
                SafetySettings.DEFAULT,
                System.getProperty("user.name", "user"),
                Disk.local());
    }

    private static boolean isFunctional(PlanKind kind) {
        return switch (kind) {
            case FUS_2D, FUS_3D_T, CUSTOM_POSES, RCA, MULTI_ARRAY -> true;
            case ANGIO_3D, ULM, B_MODE, M_MODE -> false;
        };
    }

    /**
     * The same with a stimulus.
     *
     * @param shown what is presented, and on which lines
     * @return a changed copy
     */
    public SessionPlan withStimulation(Stimulation shown) {
        return new SessionPlan(acquisition, Optional.of(shown), name, clutter, voltageCapV, safety, operator, disk);
    }

    /**
     * The same under another name.
     *
     * @param other name of the recording in its data set, without a pose
     * @return a changed copy
     */
    public SessionPlan withName(BidsName other) {
        return new SessionPlan(acquisition, stimulation, other, clutter, voltageCapV, safety, operator, disk);
    }

    /**
     * The same with another filter.
     *
     * @param other filter of the power Doppler maps
     * @return a changed copy
     */
    public SessionPlan withClutter(Clutter other) {
        return new SessionPlan(acquisition, stimulation, name, other, voltageCapV, safety, operator, disk);
    }

    /**
     * The same with another cap.
     *
     * @param volts what the voltage must never exceed with this probe
     * @return a changed copy
     */
    public SessionPlan withVoltageCapV(double volts) {
        return new SessionPlan(acquisition, stimulation, name, clutter, volts, safety, operator, disk);
    }

    /**
     * The same with other limits.
     *
     * @param other what the safety monitor watches for
     * @return a changed copy
     */
    public SessionPlan withSafety(SafetySettings other) {
        return new SessionPlan(acquisition, stimulation, name, clutter, voltageCapV, other, operator, disk);
    }

    /**
     * The same on another disk.
     *
     * @param other takes the recording and the scan
     * @return a changed copy
     */
    public SessionPlan withDisk(Disk other) {
        return new SessionPlan(acquisition, stimulation, name, clutter, voltageCapV, safety, operator, other);
    }
}
