/** Maps made from ensembles: power, axial velocity, B-mode envelope. */
package org.fus.core.doppler;
