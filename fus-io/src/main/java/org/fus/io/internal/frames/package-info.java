/** Recordings whose frames a format loads one by one. */
package org.fus.io.internal.frames;
