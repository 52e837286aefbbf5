/**
 * What is fired and when samples are taken, as data. Time zero is the moment at which the first element fires; delays
 * are never negative.
 */
package org.fus.core.sequence;
