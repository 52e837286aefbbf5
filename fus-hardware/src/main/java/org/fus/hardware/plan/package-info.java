/**
 * Where the probe goes during a scan, and in which order. A {@link org.fus.hardware.plan.ScanPlan} is data: poses and
 * steps; {@link org.fus.hardware.plan.ScanPlanner} makes the usual ones and guarantees that volumes can be put together.
 */
package org.fus.hardware.plan;
