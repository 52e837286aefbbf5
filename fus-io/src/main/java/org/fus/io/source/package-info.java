/** Where bytes come from and how they go to disk: sources, a bounded reader over them, writes that are all or nothing. */
package org.fus.io.source;
