package org.fus.core.sequence;

/** How the arrival of a transmitted wave at a point is computed. Plane and diverging waves are the same in the first two. */
public enum TransmitModel {
    /**
     * A focused wave is spherical around its focus, within the cone of its beam; a point outside the beam is not imaged.
     * Around the focus the beam is taken to be two diffraction-limited widths across.
     */
    VIRTUAL_SOURCE,
    /**
     * As {@link #VIRTUAL_SOURCE} within the beam; outside it the arrival runs evenly, at fixed distance from the axis,
     * from one edge of the double cone to the other, so that it has no jump at the depth of the focus (Nguyen and Prager
     * 2016, doi:10.1109/TUFFC.2016.2593439). The default.
     */
    UNIFIED,
    /**
     * The first arrival from any firing element, on a row refined fourfold by a cubic spline, as PyMUST has it. Beyond a
     * focus this is the edge wave, not the main lobe: for parity, not for images.
     */
    FIRST_ARRIVAL
}
