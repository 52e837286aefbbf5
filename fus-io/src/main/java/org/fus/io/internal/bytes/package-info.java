/** Bytes in the order of the formats. */
package org.fus.io.internal.bytes;
