/** Clutter filters: what separates blood from tissue in an ensemble. */
package org.fus.core.clutter;
