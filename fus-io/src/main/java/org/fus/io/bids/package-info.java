/** Data sets in the layout of fUSI-BIDS (BIDS extension proposal 40): folders, names, tables, inherited sidecars. */
package org.fus.io.bids;
