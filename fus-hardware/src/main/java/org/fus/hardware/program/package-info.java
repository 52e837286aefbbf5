/**
 * What an acquisition is asked for, and whether it can be had. An {@link org.fus.hardware.program.AcquisitionPlan} is what a
 * person asks for in one line ({@link org.fus.hardware.program.AcquisitionPlans}) or in a file
 * ({@link org.fus.hardware.program.PlanFile}); the {@link org.fus.hardware.program.ProgramValidator} tells everything that
 * keeps a program from running, what it becomes on the clock of a device, and what it costs.
 */
package org.fus.hardware.program;
