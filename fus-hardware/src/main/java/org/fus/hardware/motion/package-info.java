/**
 * Motor stages. A host uses {@link org.fus.hardware.motion.MotionStage}; it is opened by
 * {@link org.fus.hardware.motion.Stages} over a {@link org.fus.hardware.motion.MotionController}, the small interface
 * that a driver implements. What keeps an animal safe (limits, envelope, referencing, timeouts) stands in the stage, once
 * for all drivers. Positions are metres or radians, one per axis.
 */
package org.fus.hardware.motion;
