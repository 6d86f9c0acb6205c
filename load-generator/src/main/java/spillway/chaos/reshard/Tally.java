package spillway.chaos.reshard;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Counts how writes ended, refusals and unknown outcomes by kind. Thread-safe. */
final class Tally {

    private final LongAdder sent = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder busy = new LongAdder();
    private final LongAdder cold = new LongAdder();
    private final LongAdder leftOut = new LongAdder();
    private final LongAdder unsettled = new LongAdder();
    private final Consumer<String> told;
    private final Map<String, LongAdder> failed = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> unknown = new ConcurrentSkipListMap<>();

    /**
     * The counts at one moment.
     *
     * @param sent writes, each once however often it was repeated
     * @param busy turned away by the gateway with too much under way, which a reshard has no part in
     * @param cold refused before {@link #warm}, by services that had just been started; not judged
     * @param leftOut of the plan, because no post was free or too much was under way here
     * @param failed refused though right, by kind
     * @param unknown at first, by kind
     * @param unsettled whose outcome never became known
     */
    record Counts(
            long sent,
            long accepted,
            long busy,
            long cold,
            long leftOut,
            Map<String, Long> failed,
            Map<String, Long> unknown,
            long unsettled) {

        Counts {
            failed = Map.copyOf(failed);
            unknown = Map.copyOf(unknown);
        }

        long allFailed() {
            return sum(failed);
        }

        long allUnknown() {
            return sum(unknown);
        }

        private static long sum(Map<String, Long> kinds) {
            return kinds.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** @param told of each first failure of a kind, a line */
    Tally(Consumer<String> told) {
        this.told = told;
    }

    void sent() {
        sent.increment();
    }

    void accepted() {
        accepted.increment();
    }

    void leftOut(long writes) {
        leftOut.add(writes);
    }

    void refused(Answer.Refused refused) {
        if (refused.busy()) {
            busy.increment();
        } else {
            failed(refused.kind());
        }
    }

    void failed(String kind) {
        boolean[] first = {false};
        failed.computeIfAbsent(kind, unheard -> {
                    first[0] = true;
                    return new LongAdder();
                })
                .increment();
        if (first[0]) {
            told.accept("a write failed: " + kind);
        }
    }

    /** What is refused from now on is judged: nothing but the reshard is new to the services. */
    void warm() {
        sums(failed).values().forEach(cold::add);
        failed.clear();
    }

    void unknown(String kind) {
        unknown.computeIfAbsent(kind, first -> new LongAdder()).increment();
    }

    void unsettled() {
        unsettled.increment();
    }

    Counts counts() {
        return new Counts(
                sent.sum(),
                accepted.sum(),
                busy.sum(),
                cold.sum(),
                leftOut.sum(),
                sums(failed),
                sums(unknown),
                unsettled.sum());
    }

    private static Map<String, Long> sums(Map<String, LongAdder> kinds) {
        Map<String, Long> sums = new TreeMap<>();
        kinds.forEach((kind, count) -> sums.put(kind, count.sum()));
        return sums;
    }
}
