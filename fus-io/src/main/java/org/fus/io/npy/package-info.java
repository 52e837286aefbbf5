/**
 * NumPy's array files, with a description in JSON next to them that says what the numbers mean. Format: NumPy Enhancement
 * Proposal 1.
 */
package org.fus.io.npy;
