/**
 * A whole acquisition, from a plan to files: checks, motors, blocks, triggers, clock, volumes, events. Begin with
 * {@link org.fus.hardware.session.AcquisitionSession}.
 */
package org.fus.hardware.session;
