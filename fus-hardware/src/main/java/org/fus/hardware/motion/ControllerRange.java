package org.fus.hardware.motion;

/**
 * The range that a controller guards by itself.
 *
 * @param lower lowest position, controller units
 * @param upper highest position, controller units
 */
public record ControllerRange(double lower, double upper) {}
