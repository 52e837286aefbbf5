/** What devices share and hosts do not see. */
package org.fus.hardware.internal;
