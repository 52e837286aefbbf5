package org.fus.hardware;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

/** What a device says from now on. */
public final class HeardEvents {
    private HeardEvents() {}

    public static List<DeviceEvent> of(UltrasoundDevice device) {
        List<DeviceEvent> events = new CopyOnWriteArrayList<>();
        device.events().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(DeviceEvent event) {
                events.add(event);
            }

            @Override
            public void onError(Throwable problem) {
                throw new AssertionError(problem);
            }

            @Override
            public void onComplete() {}
        });
        return events;
    }
}
