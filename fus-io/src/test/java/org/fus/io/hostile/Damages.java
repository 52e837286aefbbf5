package org.fus.io.hostile;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The damages that a specimen is tried with: the same ones in every run. */
final class Damages {
    /** Of the places that are drawn, those within structure. */
    private static final double STRUCTURAL = 0.75;

    private static final int MAX_TRUNCATIONS = 150;
    private static final int MAX_PART = 256;
    private static final int[] WIDTHS = {1, 2, 4, 8};

    /** Sizes that no file can have, and those at which narrower types turn over. */
    private static final long[] WILD = {
        0,
        1,
        -1,
        -2,
        0x7F,
        0x80,
        0xFF,
        0x7FFF,
        0x8000,
        0xFFFF,
        Integer.MAX_VALUE,
        1L << 31,
        0xFFFFFFFFL,
        1L << 32,
        1L << 40,
        1L << 62,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Double.doubleToLongBits(Double.NaN),
        Double.doubleToLongBits(Double.POSITIVE_INFINITY),
        Double.doubleToLongBits(-1),
        Double.doubleToLongBits(1e300),
        Float.floatToIntBits(Float.NaN)
    };

    private final Specimen specimen;
    private final Structure structure;
    private final Random random;
    private final List<String> names;

    /** Those with structure. */
    private final List<String> described;

    private Damages(Specimen specimen, Structure structure) {
        this.specimen = specimen;
        this.structure = structure;
        this.random = new Random(specimen.name().hashCode());
        this.names = List.copyOf(specimen.files().keySet());
        this.described =
                names.stream().filter(n -> structure.bytes(n).length > 0).toList();
    }

    /** Cuts at the edges of fields, each file missing, and so many drawn at random. */
    static List<Damage> of(Specimen specimen, Structure structure, int drawn) {
        Damages damages = new Damages(specimen, structure);
        List<Damage> out = new ArrayList<>();
        for (String file : damages.names) {
            out.addAll(damages.truncations(file));
            if (damages.names.size() > 1) {
                out.add(new Damage.Missing(file));
            }
        }
        for (int i = 0; i < drawn; i++) {
            out.add(damages.draw());
        }
        return out;
    }

    private List<Damage> truncations(String file) {
        List<Integer> at = structure.boundaries(file);
        int limit = Math.max(10, MAX_TRUNCATIONS / names.size());
        List<Damage> out = new ArrayList<>();
        double step = Math.max(1, (double) at.size() / limit);
        for (double i = 0; i < at.size(); i += step) {
            out.add(new Damage.Truncation(file, at.get((int) i)));
        }
        return out;
    }

    private Damage draw() {
        boolean aimed = !described.isEmpty() && random.nextDouble() < STRUCTURAL;
        List<String> among = aimed ? described : names;
        String file = among.get(random.nextInt(among.size()));
        int size = specimen.files().get(file).length;
        int[] bytes = structure.bytes(file);
        int at = aimed ? bytes[random.nextInt(bytes.length)] : random.nextInt(size);
        return switch (random.nextInt(10)) {
            case 0, 1 -> new Damage.BitFlip(file, at, random.nextInt(8));
            case 2, 3, 4, 5 -> number(file, random.nextBoolean() ? at & -Integer.BYTES : at, size);
            case 6 -> {
                int length = Math.min(1 + random.nextInt(MAX_PART), size - at);
                int from = random.nextBoolean() && bytes.length > 0
                        ? bytes[random.nextInt(bytes.length)]
                        : random.nextInt(size);
                yield new Damage.Transplant(file, from, at, Math.min(length, size - from));
            }
            case 7 ->
                new Damage.Fill(file, at, Math.min(1 + random.nextInt(MAX_PART), size - at), (byte)
                        (random.nextBoolean() ? 0 : 0xFF));
            case 8 -> {
                Damage.Insertion.Text[] texts = Damage.Insertion.Text.values();
                int replaced = Math.min(random.nextInt(6), size - at);
                yield new Damage.Insertion(file, at, replaced, texts[random.nextInt(texts.length)]);
            }
            default -> new Damage.Truncation(file, at);
        };
    }

    /** Half of the numbers stand at a multiple of 4, where most fields begin. */
    private Damage number(String file, int at, int size) {
        int width = WIDTHS[random.nextInt(WIDTHS.length)];
        while (width > 1 && at + width > size) {
            width /= 2;
        }
        return new Damage.Overwrite(
                file,
                at,
                width,
                WILD[random.nextInt(WILD.length)],
                random.nextInt(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }
}
