package spillway.chaos.overload;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import spillway.chaos.site.Wait;

/**
 * Looks at the stack while traffic goes on: at the gateway's books every second, at the backlog four times a second, at what
 * JVMs hold every two seconds. A look that is not answered is left out. Thread-safe.
 */
final class Watch implements AutoCloseable {

    /** The JVMs whose memory must not grow; the batcher's is a window, and Kafka's and Cassandra's are their own affair. */
    static final List<String> SERVICES = List.of("gateway", "content", "metrics", "batcher");

    private static final Duration BOOKS = Duration.ofSeconds(1);
    private static final Duration PRESSURE = Duration.ofMillis(250);
    private static final Duration MEMORY = Duration.ofSeconds(2);

    private final Control control;
    private final DoubleSupplier clock;
    private final List<Look> looks = new ArrayList<>();
    private final List<Pressed> pressed = new ArrayList<>();
    private final Map<String, List<Memory>> memory = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();

    /** @param clock seconds since the traffic began */
    Watch(Control control, DoubleSupplier clock) {
        this.control = control;
        this.clock = clock;
    }

    private interface Glance {
        void take() throws IOException;
    }

    void start() {
        again(BOOKS, () -> {
            Scrape scrape = control.meters("gateway");
            add(looks, Look.of(clock.getAsDouble(), scrape));
        });
        again(PRESSURE, () -> add(pressed, Pressed.of(clock.getAsDouble(), control.pressure())));
        again(MEMORY, () -> {
            for (String service : SERVICES) {
                Memory held = Memory.of(clock.getAsDouble(), control.meters(service));
                synchronized (this) {
                    memory.computeIfAbsent(service, first -> new ArrayList<>()).add(held);
                }
            }
        });
    }

    synchronized List<Look> looks() {
        return List.copyOf(looks);
    }

    synchronized List<Pressed> pressed() {
        return List.copyOf(pressed);
    }

    synchronized Map<String, List<Memory>> memory() {
        return Map.copyOf(memory);
    }

    private synchronized <T> void add(List<T> list, T look) {
        list.add(look);
    }

    private void again(Duration every, Glance glance) {
        threads.add(Thread.ofPlatform().daemon().name("watch").start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                long begin = System.nanoTime();
                try {
                    glance.take();
                } catch (IOException | IllegalStateException unanswered) {
                    // Nothing was seen, and so nothing is said.
                }
                Wait.during(every.minusNanos(System.nanoTime() - begin));
            }
        }));
    }

    @Override
    public void close() {
        end();
    }

    /** Returns with the last look. */
    void end() {
        threads.forEach(Thread::interrupt);
        threads.forEach(thread -> {
            try {
                thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
