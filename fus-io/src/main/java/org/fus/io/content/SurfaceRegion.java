package org.fus.io.content;

import java.util.Objects;

/** A region as a closed surface of triangles. Immutable. */
public final class SurfaceRegion {
    private final String label;
    private final Color color;
    private final double[] vertices;
    private final int[] faces;

    /**
     * The colour in which a region is shown.
     *
     * @param red 0 to 1
     * @param green 0 to 1
     * @param blue 0 to 1
     */
    public record Color(double red, double green, double blue) {
        /** Checks the parts. */
        public Color {
            if (!inside(red) || !inside(green) || !inside(blue)) {
                throw new IllegalArgumentException(
                        "colour (" + red + ", " + green + ", " + blue + "): each part must be from 0 to 1");
            }
        }

        private static boolean inside(double part) {
            return part >= 0 && part <= 1;
        }
    }

    /**
     * A surface; the arrays are copied.
     *
     * @param label the name of the region
     * @param color its colour
     * @param vertices x, y, z of each vertex in turn, finite
     * @param faces three indices of vertices per triangle, from 0
     * @throws IllegalArgumentException when a length is no multiple of 3, a vertex is not finite, or a face names no vertex
     */
    public SurfaceRegion(String label, Color color, double[] vertices, int[] faces) {
        this.label = Objects.requireNonNull(label, "label");
        this.color = Objects.requireNonNull(color, "color");
        if (vertices.length % 3 != 0 || faces.length % 3 != 0) {
            throw new IllegalArgumentException("region " + label + ": " + vertices.length + " coordinates and "
                    + faces.length + " indices, expected multiples of 3");
        }
        this.vertices = vertices.clone();
        this.faces = faces.clone();
        for (double v : this.vertices) {
            if (!Double.isFinite(v)) {
                throw new IllegalArgumentException(
                        "region " + label + ": vertex at " + v + ", expected finite numbers");
            }
        }
        for (int face : this.faces) {
            if (face < 0 || face >= vertices.length / 3) {
                throw new IllegalArgumentException("region " + label + ": a face names vertex " + face
                        + ", expected 0 to " + (vertices.length / 3 - 1));
            }
        }
    }

    /**
     * The name of the region.
     *
     * @return such as {@code Isocortex (L)}
     */
    public String label() {
        return label;
    }

    /**
     * The colour in which the region is shown.
     *
     * @return three parts
     */
    public Color color() {
        return color;
    }

    /**
     * The number of vertices.
     *
     * @return at least 0
     */
    public int vertexCount() {
        return vertices.length / 3;
    }

    /**
     * The number of triangles.
     *
     * @return at least 0
     */
    public int faceCount() {
        return faces.length / 3;
    }

    /**
     * The vertices.
     *
     * @return x, y, z of each in turn; a copy
     */
    public double[] vertices() {
        return vertices.clone();
    }

    /**
     * The triangles.
     *
     * @return three indices of vertices each, from 0; a copy
     */
    public int[] faces() {
        return faces.clone();
    }
}
