/**
 * A stage without hardware, with the kinematics of a real one. {@link org.fus.hardware.motion.sim.KinematicAxis} also
 * stands behind simulators of controllers.
 */
package org.fus.hardware.motion.sim;
