/** How work runs: the caller's executor, progress and cancellation. Nothing else in the core may start work. */
package org.fus.core.run;
