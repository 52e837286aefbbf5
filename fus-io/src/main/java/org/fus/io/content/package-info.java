/** What a file can hold, and the interfaces that a format implements to read or write it. */
package org.fus.io.content;
