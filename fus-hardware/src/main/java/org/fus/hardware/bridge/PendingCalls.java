package org.fus.hardware.bridge;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.fus.core.error.FusCancelledException;
import org.fus.core.error.FusDeviceException;

/** Questions to a scanner that wait for their replies. */
final class PendingCalls {
    private record Pending(MessageType type, CompletableFuture<byte[]> reply) {}

    private final BridgeLink link;
    private final Map<Integer, Pending> pending = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private volatile FusDeviceException lost;

    PendingCalls(BridgeLink link) {
        this.link = link;
    }

    /**
     * Asks, and waits for the reply.
     *
     * @param device name of the device, for messages
     * @param timeout longest wait, from when the scanner is not busy any more
     * @param busy whether the scanner is with a call before that may take long
     * @throws FusDeviceException when the scanner refuses, does not reply in time, or is gone
     */
    WireReader call(String device, MessageType type, WireWriter body, Duration timeout, BooleanSupplier busy) {
        int request = next.updateAndGet(n -> n == Integer.MAX_VALUE ? 1 : n + 1);
        CompletableFuture<byte[]> reply = new CompletableFuture<>();
        pending.put(request, new Pending(type, reply));
        try {
            if (lost != null) {
                throw lost;
            }
            link.send(new BridgeMessage(type, 0, request, body));
            byte[] answer = await(reply, timeout, busy);
            return new WireReader(link.name(), type, answer, answer.length);
        } catch (IOException e) {
            throw lost != null ? lost : new FusDeviceException(device, type + ": the connection has ended", e);
        } catch (TimeoutException e) {
            throw new FusDeviceException(
                    device, type + ": no reply within " + timeout.toMillis() + " ms; close it and open it again", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw new FusDeviceException(device, refusal.getMessage());
            }
            throw lost != null ? lost : new FusDeviceException(device, type + ": the connection has ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FusCancelledException("waiting for " + device);
        } finally {
            pending.remove(request);
        }
    }

    private static byte[] await(CompletableFuture<byte[]> reply, Duration timeout, BooleanSupplier busy)
            throws InterruptedException, ExecutionException, TimeoutException {
        while (true) {
            try {
                return reply.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (!busy.getAsBoolean()) {
                    throw e;
                }
            }
        }
    }

    /** Takes a reply; one that comes too late is of no use any more. */
    void reply(BridgeLink.Incoming in) {
        Pending call = pending.remove(in.request());
        if (call == null) {
            return;
        }
        if (call.type() != in.type()) {
            throw in.body().fault("replies to a question of type " + call.type());
        }
        if (in.isRefusal()) {
            call.reply().completeExceptionally(new Refusal(in.body().text()));
        } else {
            call.reply().complete(in.body().rest());
        }
    }

    /** Nothing more comes. */
    void lost(FusDeviceException reason) {
        lost = reason;
        pending.values().forEach(c -> c.reply().completeExceptionally(reason));
    }

    /** What the scanner says against a call. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        Refusal(String why) {
            super(why);
        }
    }
}
