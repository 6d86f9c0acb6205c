package spillway.gateway.ledger;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/** Counts, per class of traffic, what was offered and what became of it. Thread-safe. */
@Component
public final class Books {

    private final Map<TrafficClass, Page> pages = new EnumMap<>(TrafficClass.class);

    public Books(MeterRegistry meters) {
        for (TrafficClass traffic : TrafficClass.values()) {
            pages.put(traffic, new Page(meters, traffic));
        }
    }

    /** Books an arrival; the entry must be settled once. */
    public Entry offer(TrafficClass traffic) {
        Page page = requireNonNull(pages.get(traffic));
        page.offered.increment();
        return new Entry(traffic, page);
    }

    /** How many requests of the class were shed since the start: whoever refused them, also a service. */
    public long shed(TrafficClass traffic) {
        Page page = requireNonNull(pages.get(traffic));
        return (long) requireNonNull(page.settled.get(Outcome.SHED)).count();
    }

    /** One request in the books; the first that is said of it counts. */
    public static final class Entry {

        private final TrafficClass traffic;
        private final Page page;
        private final AtomicBoolean open = new AtomicBoolean(true);

        private Entry(TrafficClass traffic, Page page) {
            this.traffic = traffic;
            this.page = page;
        }

        public TrafficClass traffic() {
            return traffic;
        }

        /**
         * The answer is settled.
         *
         * @param retryAfter whether it says when to come back
         */
        public void answered(int status, boolean retryAfter) {
            settle(Outcome.of(traffic, status, retryAfter));
        }

        /** The caller went away before there was an answer: it was told nothing. */
        public void unheard() {
            settle(Outcome.lost(traffic));
        }

        /** It was shed, whatever the answer says: a view that others stand for is taken in its way. */
        public void shed() {
            settle(Outcome.SHED);
        }

        private void settle(Outcome outcome) {
            if (open.compareAndSet(true, false)) {
                requireNonNull(page.settled.get(outcome)).increment();
            }
        }
    }

    private static final class Page {

        private final Counter offered;
        private final Map<Outcome, Counter> settled = new EnumMap<>(Outcome.class);

        Page(MeterRegistry meters, TrafficClass traffic) {
            offered = Counter.builder("spillway.gateway.offered")
                    .description("Requests to the API that arrived")
                    .tag("class", traffic.tag())
                    .register(meters);
            for (Outcome outcome : Outcome.values()) {
                settled.put(
                        outcome,
                        Counter.builder("spillway.gateway.requests")
                                .description("Requests to the API by what became of them")
                                .tag("class", traffic.tag())
                                .tag("outcome", outcome.tag())
                                .register(meters));
            }
        }
    }
}
