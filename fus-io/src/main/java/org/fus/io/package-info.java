/** Reading and writing files: {@link org.fus.io.FusFiles} is the one entry point. */
package org.fus.io;
