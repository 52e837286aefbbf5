package org.fus.hardware.motion;

import java.util.Arrays;
import java.util.Random;
import org.fus.hardware.transport.ByteTransport;

/** What a bad line does to the replies of a simulated controller. Each kind can be switched on by a test. */
public final class ReplyShaper {
    /** What to do. */
    public enum Mischief {
        NONE,
        /** One byte at a time, with pauses after the first. */
        SPLIT,
        /** Every reply twice. */
        DUPLICATE,
        /** Every reply 120 ms late. */
        LATE,
        /** Every third reply is lost. */
        LOSE_SOME,
        /** No reply at all. */
        SILENT,
        /** Random bytes before every reply. */
        GARBAGE_BEFORE,
        /** Some bits of every reply flipped. */
        FLIP,
        /** Nothing but random bytes. */
        GARBAGE,
        /** Random bytes without end. */
        FLOOD
    }

    private final ByteTransport to;
    private final Random random = new Random(7);
    private volatile Mischief mischief = Mischief.NONE;
    private int count;

    public ReplyShaper(ByteTransport to) {
        this.to = to;
    }

    public void set(Mischief m) {
        mischief = m;
    }

    /** Pulls the cable. */
    public void unplug() {
        to.close();
    }

    /** Sends one reply. */
    public synchronized void reply(byte[] bytes) {
        switch (mischief) {
            case NONE -> to.write(bytes);
            case SPLIT -> {
                for (int i = 0; i < bytes.length; i++) {
                    to.write(new byte[] {bytes[i]});
                    if (i < 3) { // a loaded machine makes long pauses of short ones, so few of them
                        pause(1);
                    }
                }
            }
            case DUPLICATE -> {
                to.write(bytes);
                to.write(bytes);
            }
            case LATE -> {
                pause(120);
                to.write(bytes);
            }
            case LOSE_SOME -> {
                if (count++ % 3 != 2) {
                    to.write(bytes);
                }
            }
            case SILENT -> {}
            case GARBAGE_BEFORE -> {
                to.write(garbage(5));
                to.write(bytes);
            }
            case FLIP -> {
                byte[] bad = bytes.clone();
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
                to.write(bad);
            }
            case GARBAGE -> to.write(garbage(bytes.length));
            case FLOOD -> {
                for (int i = 0; i < 100; i++) {
                    to.write(garbage(1000));
                }
            }
        }
    }

    private byte[] garbage(int n) {
        byte[] b = new byte[n];
        random.nextBytes(b);
        return Arrays.copyOf(b, n);
    }

    private static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
