/** The vendor's files that tie a scan to the brain: positioning ({@code .bps}) and regions ({@code .bri}). */
package org.fus.io.brain;
