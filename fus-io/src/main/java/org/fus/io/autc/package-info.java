/** Beamformed blocks of AUTC systems, as ConfUSIus (https://github.com/confusius-tools/confusius) reads them. */
package org.fus.io.autc;
