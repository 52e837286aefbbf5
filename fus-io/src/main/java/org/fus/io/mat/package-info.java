/**
 * Channel data in MATLAB files of version 5 (and 6, 7), in the variables of MUST: {@code RF} and {@code param}. File layout:
 * "MAT-File Format", The MathWorks.
 */
package org.fus.io.mat;
