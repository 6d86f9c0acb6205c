package spillway.chaos.overload;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import spillway.load.oracle.Outcome;
import spillway.load.plan.Operation;
import spillway.load.plan.TrafficClass;
import spillway.load.run.Witness;

/**
 * What was sent and answered, per class and second since {@link #begin}. Requests count in the second in which they were
 * sent; outcomes in that in which they came, as goodput does, or in that in which the request was due, so that what is slow
 * at the end of a stretch is not missing in it. Thread-safe.
 */
final class Tape implements Witness {

    private static final double SECOND = 1e9;

    private final Predicate<Operation> interesting;
    private final LongSupplier nanos;
    private final boolean byDue;
    private final List<Map<TrafficClass, Flow>> seconds = new ArrayList<>();
    private final Map<Integer, String> posts = new ConcurrentHashMap<>();
    private long origin;
    private boolean begun;

    private Tape(Predicate<Operation> interesting, LongSupplier nanos, boolean byDue) {
        this.interesting = interesting;
        this.nanos = nanos;
        this.byDue = byDue;
    }

    static Tape ofAnswers(LongSupplier nanos) {
        return new Tape(operation -> true, nanos, false);
    }

    static Tape ofRequests(Predicate<Operation> interesting, LongSupplier nanos) {
        return new Tape(interesting, nanos, true);
    }

    synchronized void begin() {
        origin = nanos.getAsLong();
        begun = true;
    }

    /** Seconds since the beginning. */
    synchronized double now() {
        return (nanos.getAsLong() - origin) / SECOND;
    }

    @Override
    public void sent(Operation operation) {
        note(operation, Flow.SENT, 0);
    }

    @Override
    public void heldBack(Operation operation) {
        note(operation, Flow.HELD_BACK, 0);
    }

    @Override
    public void ended(Operation operation, Outcome outcome, long sinceDue) {
        note(operation, Flow.of(outcome, sinceDue), byDue ? sinceDue : 0);
    }

    @Override
    public void created(int post, String id) {
        posts.put(post, id);
    }

    /** The ids of posts by their numbers in the plan. */
    Map<Integer, String> posts() {
        return Map.copyOf(posts);
    }

    /** So many whole seconds are on it. */
    synchronized int length() {
        return seconds.size();
    }

    /** From the begin of one second to the begin of another. */
    synchronized Flow between(int from, int to, Set<TrafficClass> classes) {
        Flow sum = Flow.NONE;
        for (int second = Math.max(0, from); second < Math.min(to, seconds.size()); second++) {
            for (Map.Entry<TrafficClass, Flow> entry : seconds.get(second).entrySet()) {
                if (classes.contains(entry.getKey())) {
                    sum = sum.plus(entry.getValue());
                }
            }
        }
        return sum;
    }

    private synchronized void note(Operation operation, Flow flow, long ago) {
        if (!begun || !interesting.test(operation)) {
            return;
        }
        int second = (int) Math.max(0, (nanos.getAsLong() - ago - origin) / SECOND);
        while (seconds.size() <= second) {
            seconds.add(new EnumMap<>(TrafficClass.class));
        }
        seconds.get(second).merge(operation.trafficClass(), flow, Flow::plus);
    }
}
