/**
 * OpenIGTLink: watching and commanding an acquisition from 3D Slicer, PLUS and other programs. A host publishes through an
 * {@link org.fus.hardware.igtl.IgtlServer}; an {@link org.fus.hardware.igtl.IgtlClient} reads other servers. Messages are
 * IMAGE, TRANSFORM, STATUS, STRING and TDATA with header versions 1 and 2 (metadata); others pass as bytes.
 *
 * <p>Reference: Tokuda et al., OpenIGTLink: an open network protocol for image-guided therapy environment, Int J Med Robot
 * 5:423-434, 2009, doi:10.1002/rcs.274, and the protocol pages of openigtlink.org.
 */
package org.fus.hardware.igtl;
