/** Pictures and tables for other programs: TIFF stacks and tables of time courses. Written, never read. */
package org.fus.io.table;
