/**
 * NIfTI-1 and NIfTI-2 images (https://nifti.nimh.nih.gov) with the JSON sidecars of fUSI-BIDS (BIDS extension proposal 40).
 */
package org.fus.io.nifti;
