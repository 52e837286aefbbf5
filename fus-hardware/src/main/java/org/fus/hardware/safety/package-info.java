/**
 * What stands between a host and the high voltage: {@link org.fus.hardware.safety.SafetyMonitor} checks before a run, watches
 * it, and takes device and stages to their safe state. {@link org.fus.hardware.safety.AuditLog} keeps what was changed, and by
 * whom. Research software, not a medical device.
 */
package org.fus.hardware.safety;
