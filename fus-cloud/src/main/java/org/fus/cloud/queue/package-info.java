/** Queues of work: in this process, or in a store where workers of other processes and machines pull from. */
package org.fus.cloud.queue;
