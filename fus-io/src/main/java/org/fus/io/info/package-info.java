/**
 * The description of a file as JSON: what {@code fus info --json} prints, and what stands next to a bare array as
 * {@code FILE.json} so that the next step can go on from it. SI units; matrices are lists of four rows; a number that is
 * not known or not finite is {@code null}.
 */
package org.fus.io.info;
