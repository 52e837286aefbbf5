/**
 * Queued work on acquisitions of a store: a client submits a recipe and an input, workers that come and go do it, and the
 * result is an acquisition of the same project. The page docs/jobs.md tells what happens when something dies.
 */
package org.fus.cloud.job;
