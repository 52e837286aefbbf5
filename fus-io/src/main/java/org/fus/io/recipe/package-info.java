/** The chain from channel data to a map as text, for jobs, batches and files that travel with results. */
package org.fus.io.recipe;
