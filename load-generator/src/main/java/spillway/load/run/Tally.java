package spillway.load.run;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import spillway.load.oracle.Book;
import spillway.load.oracle.Outcome;

/** Counts requests and their outcomes without a lock. Thread-safe. */
final class Tally {

    private final LongAdder offered = new LongAdder();
    private final Map<Outcome, LongAdder> ended = new EnumMap<>(Outcome.class);

    Tally() {
        for (Outcome outcome : Outcome.values()) {
            ended.put(outcome, new LongAdder());
        }
    }

    void offered() {
        offered.increment();
    }

    void ended(Outcome outcome) {
        adder(outcome).increment();
    }

    Book book() {
        return new Book(
                offered.sum(),
                count(Outcome.ACCEPTED),
                count(Outcome.SHED),
                count(Outcome.REJECTED),
                count(Outcome.FAILED),
                count(Outcome.UNKNOWN));
    }

    long count(Outcome outcome) {
        return adder(outcome).sum();
    }

    private LongAdder adder(Outcome outcome) {
        LongAdder adder = ended.get(outcome);
        if (adder == null) {
            throw new AssertionError(outcome);
        }
        return adder;
    }
}
