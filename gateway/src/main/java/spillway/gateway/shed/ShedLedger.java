package spillway.gateway.shed;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import spillway.gateway.ledger.TrafficClass;

/**
 * Counts what is shed, per minute for the last hour and since the start. Thread-safe; an entry takes no lock.
 *
 * <p>The minutes are a ring. Whoever writes first in a new minute puts a new page in the place of the one an hour ago; an
 * entry that was under way to that one is in the totals, and missing in an hour that nobody can ask for any more.
 */
public final class ShedLedger {

    static final int MINUTES = 60;

    private final InstantSource clock;
    private final AtomicReferenceArray<MinutePage> ring = new AtomicReferenceArray<>(MINUTES);
    private final Cells total = new Cells();

    public ShedLedger(InstantSource clock, MeterRegistry meters) {
        this.clock = clock;
        total.forEach((traffic, reason, cell) -> {
            FunctionCounter.builder("spillway.gateway.shed", cell, Cells.Cell::count)
                    .description("Requests refused on purpose")
                    .tags("class", traffic.tag(), "reason", reason.tag())
                    .register(meters);
            FunctionCounter.builder("spillway.gateway.shed.weight", cell, Cells.Cell::weight)
                    .description("What the requests refused on purpose stood for")
                    .tags("class", traffic.tag(), "reason", reason.tag())
                    .register(meters);
        });
    }

    /**
     * Enters one request.
     *
     * @param weight how many it stands for, at least 1
     */
    public void shed(TrafficClass traffic, Reason reason, int weight) {
        if (weight < 1) {
            throw new IllegalArgumentException("weight must be at least 1: " + weight);
        }
        total.add(traffic, reason, weight);
        page(minute()).cells.add(traffic, reason, weight);
    }

    /** Everything since the start. */
    List<Line> total() {
        return total.lines();
    }

    /** The minutes of the last hour in which anything was shed, oldest first. */
    List<Minute> minutes() {
        long now = minute();
        IntFunction<List<Minute>> read = age -> {
            MinutePage page = ring.get(place(now - age));
            return page == null || page.minute != now - age
                    ? List.of()
                    : List.of(new Minute(
                            Instant.ofEpochSecond(TimeUnit.MINUTES.toSeconds(page.minute)), page.cells.lines()));
        };
        return IntStream.iterate(MINUTES - 1, age -> age >= 0, age -> age - 1)
                .mapToObj(read)
                .flatMap(List::stream)
                .toList();
    }

    private MinutePage page(long minute) {
        int place = place(minute);
        MinutePage page = ring.get(place);
        while (page == null || page.minute < minute) {
            MinutePage next = new MinutePage(minute);
            page = ring.compareAndSet(place, page, next) ? next : ring.get(place);
        }
        // A later page than asked for: the clock went back, or this thread slept an hour. It takes the entry.
        return requireNonNull(page);
    }

    private long minute() {
        return TimeUnit.MILLISECONDS.toMinutes(clock.millis());
    }

    private static int place(long minute) {
        return (int) (minute % MINUTES);
    }

    /**
     * What was shed in a minute.
     *
     * @param minute its start
     */
    record Minute(Instant minute, List<Line> shed) {

        Minute {
            shed = List.copyOf(shed);
        }
    }

    /**
     * What was shed of a class for a reason.
     *
     * @param traffic the tag of the class
     * @param reason its tag
     * @param count requests
     * @param weight what they stood for
     */
    record Line(String traffic, String reason, long count, long weight) {}

    private static final class MinutePage {

        private final long minute;
        private final Cells cells = new Cells();

        MinutePage(long minute) {
            this.minute = minute;
        }
    }
}
