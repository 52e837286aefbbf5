/**
 * The chain from channel data to a map, as data and as its executor. The command line, live views, jobs and batches all
 * run recipes through this package, so that one recipe gives one result everywhere.
 */
package org.fus.core.pipeline;
