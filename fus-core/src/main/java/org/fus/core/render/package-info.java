/**
 * Pictures of results: colour maps, log compression, figures with axes in millimetres and a colour bar.
 *
 * <p>Everything is drawn by this package, text included, so a picture has the same pixels on every machine, with or
 * without fonts or a display.
 */
package org.fus.core.render;
