package org.fus.hardware.session;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.fus.core.error.FusException;
import org.fus.core.run.RunContext;
import org.fus.hardware.program.ProgramReport;
import org.fus.hardware.safety.AuditLog;

/**
 * Runs a whole acquisition: checks it, homes the stage, visits the poses of the plan, records every block with its times and
 * its pose, presents the stimulus, records every trigger edge on both clocks, makes power Doppler volumes, and writes
 *
 * <pre>
 * recording.zarr   blocks as the device gave them, with times, poses and edges
 * volumes.scan     power Doppler volumes, joined where the poses lie regularly (steps of 0.1 to 1 mm, equal within 5 um)
 * bids/            the same as a fUSI-BIDS data set with events.tsv
 * triggers.tsv     every edge: device time, host time, uncertainty
 * audit.tsv        what changed, when, why
 * session.json     the report
 * </pre>
 *
 * <p>Times are seconds on the clock of the scanner since its first frame. Probe and voltage never go together: the stage moves
 * between runs of the device alone. Whatever ends the acquisition early (a fault of device, stage, line or disk, cancelling), high
 * voltage is off, the stage is stopped, and all that was recorded before stands in files that are whole.
 */
public final class AcquisitionSession {
    private final Rig rig;
    private final SessionPlan plan;
    private final Path folder;
    private volatile SessionReport report;

    private AcquisitionSession(Rig rig, SessionPlan plan, Path folder) {
        this.rig = Objects.requireNonNull(rig, "rig");
        this.plan = Objects.requireNonNull(plan, "plan");
        this.folder = Objects.requireNonNull(folder, "folder");
    }

    /**
     * Prepares an acquisition; nothing happens yet.
     *
     * @param rig the hardware; stays open
     * @param plan what to do
     * @param folder where the files go; made when it is not there
     * @return the session
     */
    public static AcquisitionSession of(Rig rig, SessionPlan plan, Path folder) {
        return new AcquisitionSession(rig, plan, folder);
    }

    /**
     * Looks for everything that keeps the acquisition from running: plan, device, acoustic output, poses out of reach, lines,
     * disk, files that are there already. Changes nothing.
     *
     * @return all problems, and a forecast
     */
    public ProgramReport check() {
        return SessionCheck.report(rig, plan, folder);
    }

    /**
     * Runs the acquisition. May be called once.
     *
     * @param context progress in blocks; cancelling ends it, with all blocks so far
     * @return how it went
     * @throws FusException when the check finds problems, naming all of them; when a fault ends the acquisition, that fault,
     *     and {@link #report} tells what was saved
     * @throws org.fus.core.error.FusCancelledException when the caller has cancelled
     */
    public SessionReport run(RunContext context) {
        if (report != null) {
            throw new IllegalStateException("this session has run; make another one for another folder");
        }
        ProgramReport check = check();
        if (!check.mayRun()) {
            throw new FusException("acquisition refused: " + String.join("; ", check.problems()));
        }
        SessionFolder files = new SessionFolder(folder);
        files.make();
        try (AuditLog audit = AuditLog.to(files.audit())) {
            SessionRun run = new SessionRun(rig, plan, files, audit, context);
            try {
                run.play();
            } finally {
                report = run.report();
            }
        }
        return report;
    }

    /**
     * How it went, also when {@link #run} has thrown.
     *
     * @return nothing before the end
     */
    public Optional<SessionReport> report() {
        return Optional.ofNullable(report);
    }
}
