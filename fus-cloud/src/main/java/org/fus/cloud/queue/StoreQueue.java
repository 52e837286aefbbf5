package org.fus.cloud.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.fus.cloud.internal.Json;
import org.fus.cloud.object.ObjectInfo;
import org.fus.cloud.object.ObjectKeys;
import org.fus.cloud.object.ObjectStore;
import org.fus.cloud.object.StoredObject;
import org.fus.core.error.FusFormatException;

/**
 * A durable queue of objects in a store, so that workers in other processes, and on other machines that reach the store, pull
 * from it: one object for each message, taken by a conditional write. Clocks must agree to a fraction of the visibility.
 * {@link #receive} looks at waiting messages one by one, so it suits thousands of messages, not millions.
 */
public final class StoreQueue implements JobQueue {
    private static final String SCHEMA = "fus-message/1";

    /** The body and what is around it, with every character of the body escaped. */
    private static final int MAX_BYTES = 8 * MAX_BODY_BYTES;

    private final ObjectStore objects;
    private final InstantSource clock;
    private final String name;
    private final String root;

    /** A message as it stands in the store. */
    private record Message(String body, int receives, Instant visibleAt, String receipt) {}

    private record Found(Message message, String version) {}

    private StoreQueue(ObjectStore objects, String name, InstantSource clock) {
        this.objects = objects;
        this.name = name;
        this.root = "queues/" + ObjectKeys.requireName("queue", name) + "/";
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * The queue of a name, which comes into being with its first message.
     *
     * @param objects where it is; not closed with the queue
     * @param name letters, digits and {@code ._=+@-}
     * @return the queue
     */
    public static StoreQueue of(ObjectStore objects, String name) {
        return of(objects, name, InstantSource.system());
    }

    /**
     * The queue of a name on another clock.
     *
     * @param objects where it is; not closed with the queue
     * @param name letters, digits and {@code ._=+@-}
     * @param clock tells when a message comes back
     * @return the queue
     */
    public static StoreQueue of(ObjectStore objects, String name, InstantSource clock) {
        return new StoreQueue(objects, name, clock);
    }

    @Override
    public String name() {
        return objects.name() + ": queue " + name;
    }

    @Override
    public String send(String body) {
        QueueRules.requireBody(body);
        Instant now = clock.instant();
        String id = String.format(Locale.ROOT, "%013d-%s", now.toEpochMilli(), UUID.randomUUID());
        objects.putIfAbsent(message(id), Json.write(content(new Message(body, 0, now, ""))));
        return id;
    }

    @Override
    public Optional<Delivery> receive(Duration visibility) {
        for (ObjectInfo info : objects.list(messages())) {
            String id = id(info);
            Optional<Found> found = find(id);
            Instant now = clock.instant();
            if (found.isEmpty() || found.get().message().visibleAt().isAfter(now)) {
                continue;
            }
            Message old = found.get().message();
            Message taken = new Message(
                    old.body(),
                    old.receives() + 1,
                    now.plus(visibility),
                    UUID.randomUUID().toString());
            if (replace(id, found.get(), taken)) {
                return Optional.of(new Delivery(id, taken.receipt(), taken.body(), taken.receives()));
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean extend(Delivery delivery, Duration visibility) {
        Optional<Found> held = held(delivery);
        return held.isPresent()
                && replace(
                        delivery.id(),
                        held.get(),
                        new Message(
                                delivery.body(),
                                held.get().message().receives(),
                                clock.instant().plus(visibility),
                                delivery.receipt()));
    }

    @Override
    public boolean acknowledge(Delivery delivery) {
        if (held(delivery).isEmpty()) {
            return false;
        }
        objects.delete(message(delivery.id()));
        return true;
    }

    @Override
    public void bury(Delivery delivery, String reason) {
        if (held(delivery).isPresent()) {
            Map<String, Object> content = new LinkedHashMap<>();
            content.put("schema", SCHEMA);
            content.put("body", delivery.body());
            content.put("reason", reason);
            objects.putIfAbsent(dead() + delivery.id(), Json.write(content));
            objects.delete(message(delivery.id()));
        }
    }

    @Override
    public List<DeadLetter> deadLetters() {
        List<DeadLetter> out = new ArrayList<>();
        for (ObjectInfo info : objects.list(dead())) {
            objects.get(info.key(), MAX_BYTES).ifPresent(o -> {
                Json json =
                        Json.read(objects.name() + "/" + info.key(), o.bytes()).requireSchema(SCHEMA);
                out.add(new DeadLetter(id(info), json.text("body"), json.text("reason")));
            });
        }
        return out;
    }

    @Override
    public QueueDepth depth() {
        Instant now = clock.instant();
        int waiting = 0;
        int held = 0;
        for (ObjectInfo info : objects.list(messages())) {
            Optional<Found> found = find(id(info));
            if (found.isPresent() && found.get().message().visibleAt().isAfter(now)) {
                held++;
            } else if (found.isPresent()) {
                waiting++;
            }
        }
        return new QueueDepth(waiting, held, objects.list(dead()).size());
    }

    @Override
    public void close() {}

    private Optional<Found> held(Delivery delivery) {
        return find(delivery.id()).filter(f -> f.message().receipt().equals(delivery.receipt()));
    }

    /** A message, or nothing when it is gone. What is no message is set aside, so that it stops nobody. */
    private Optional<Found> find(String id) {
        Optional<StoredObject> object = objects.get(message(id), MAX_BYTES);
        if (object.isEmpty()) {
            return Optional.empty();
        }
        try {
            Json json = Json.read(
                            objects.name() + "/" + message(id), object.get().bytes())
                    .requireSchema(SCHEMA);
            Message message = new Message(
                    json.text("body"),
                    (int) json.whole("receives", Integer.MAX_VALUE - 1),
                    json.instant("visibleAt"),
                    json.text("receipt"));
            return Optional.of(new Found(message, object.get().version()));
        } catch (FusFormatException e) {
            Map<String, Object> content = new LinkedHashMap<>();
            content.put("schema", SCHEMA);
            content.put("body", "");
            content.put("reason", e.getMessage());
            objects.putIfAbsent(dead() + id, Json.write(content));
            objects.delete(message(id));
            return Optional.empty();
        }
    }

    private boolean replace(String id, Found old, Message next) {
        return objects.replace(message(id), old.version(), Json.write(content(next)))
                .isPresent();
    }

    private static Map<String, Object> content(Message message) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("schema", SCHEMA);
        content.put("body", message.body());
        content.put("receives", message.receives());
        content.put("visibleAt", message.visibleAt().toString());
        content.put("receipt", message.receipt());
        return content;
    }

    private String messages() {
        return root + "messages/";
    }

    private String message(String id) {
        return messages() + id;
    }

    private String dead() {
        return root + "dead/";
    }

    private static String id(ObjectInfo info) {
        return info.key().substring(info.key().lastIndexOf('/') + 1);
    }
}
