/** How files become chunks, and how chunks are named. */
package org.fus.cloud.chunk;
