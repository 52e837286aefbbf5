/**
 * MATLAB files of version 5 to 7 ("MAT-File Format", The MathWorks) and 7.3 (HDF5): the containers, and the layouts of
 * variables by which laboratories and toolboxes of the field keep their data.
 */
package org.fus.io.mat;
