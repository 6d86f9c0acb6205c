package spillway.gateway.admission;

import static java.util.Objects.requireNonNull;

import com.netflix.concurrency.limits.Limit;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import spillway.gateway.ledger.TrafficClass;
import spillway.gateway.shed.Reason;

/**
 * Decides about each request, first by the level and then by the limit of its lane. Thread-safe.
 *
 * <p>A view that cannot carry a weight is kept out by the level as often as sampling would, and altogether from where likes
 * are refused on. Any view needs room in both lanes of post-metrics-service, since likes go by both.
 */
final class Admission {

    private static final double SMOOTHING = 0.3;

    private final Measures measures;
    private final Level level;
    private final Map<Lane, Limiter> limiters = new EnumMap<>(Lane.class);
    private final LastSignals metrics;
    private final LastSignals content;
    private final AcceptedTime critical;
    private final RecentStarts criticalStarts;
    private final RecentStarts likeStarts;
    private final AcceptedTime posts;
    private final Correction forPosts = Correction.ofTimes(1);
    private final Supplier<RandomGenerator> random;
    private final LongSupplier nanos;
    private volatile boolean on;
    private double refused;

    /**
     * @param limits makes the limit of a lane that is never above so many
     * @param nanos as {@link System#nanoTime}
     * @param random of the calling thread
     */
    Admission(
            AdmissionRules rules,
            BiFunction<AdmissionRules.Limits, Integer, Limit> limits,
            LongSupplier nanos,
            Supplier<RandomGenerator> random) {
        this.measures = new Measures(rules.ladder());
        this.level = new Level();
        this.critical = new AcceptedTime(rules.goals().critical());
        this.criticalStarts = new RecentStarts(rules.goals().critical());
        this.likeStarts = new RecentStarts(rules.goals().critical());
        this.posts = new AcceptedTime(rules.goals().posts());
        this.metrics = new LastSignals(rules.forget(), nanos);
        this.content = new LastSignals(rules.forget(), nanos);
        this.random = random;
        this.nanos = nanos;
        this.on = rules.enabled();
        for (Lane lane : Lane.values()) {
            int most = lane == Lane.BATCHES
                    ? rules.limits().mostInBatches()
                    : rules.limits().most();
            limiters.put(lane, new Limiter(limits.apply(rules.limits(), most), rules.shares(), nanos));
        }
    }

    /**
     * Decides about a request.
     *
     * @param weighable a view whose weight can be passed on
     */
    Verdict decide(TrafficClass traffic, Lane lane, boolean weighable) {
        if (!on) {
            return Verdict.Admitted.FREELY;
        }
        double now = level.now();
        int weight = 1;
        if (traffic == TrafficClass.VIEW && weighable && !measures.noViews(now)) {
            weight = rounded(measures.weight(now));
        } else if (isRefused(traffic, now)) {
            return new Verdict.Refused(Reason.LEVEL, RetryAfter.untilDrained(metrics.now(), random.get()));
        }
        boolean room = traffic != TrafficClass.VIEW || hasRoomForViews();
        // Where there is no room all are told so: one that was to stand for others would take them with it.
        if (room && weight > 1 && random.get().nextInt(weight) > 0) {
            return Verdict.SampledOut.ONE;
        }
        Optional<Limiter.Place> place = room ? of(lane).enter(traffic) : Optional.empty();
        if (isCritical(traffic)) {
            place.ifPresent(criticalStarts::began);
        } else if (traffic == TrafficClass.LIKE) {
            place.ifPresent(likeStarts::began);
        }
        return place.isEmpty()
                ? new Verdict.Refused(Reason.LIMIT, RetryAfter.soon(random.get()))
                : new Verdict.Admitted(place.get(), weight);
    }

    /** Whether repeated views are to be found now. */
    boolean coalesces() {
        return on && measures.coalesces(level.now());
    }

    /** A request that was let in has ended. */
    void ended(TrafficClass traffic, Limiter.Place place, int status, boolean retryAfter) {
        Limiter.End end = end(status, retryAfter);
        long took = place.end(end);
        if (end != Limiter.End.ANSWERED || status >= 300) {
            return;
        }
        if (traffic == TrafficClass.POST) {
            posts.took(took);
        }
        if (isCritical(traffic)) {
            critical.took(took);
        }
    }

    /**
     * Corrects the level, and what is kept free for posts, in one thread, by what was measured since the last tick.
     *
     * @param passed since then; more than a second counts as one
     */
    void tick(Duration passed, AdmissionRules.Goals goals) {
        double seconds = Math.min(1, passed.toNanos() / (double) TimeUnit.SECONDS.toNanos(1));
        double refusing =
                Math.max(of(Lane.METRICS).takeRefused(), of(Lane.BATCHES).takeRefused());
        refused += SMOOTHING * (refusing - refused);
        Set<Lane> busy = takeBusy();
        makeRoom(seconds, goals, busy.contains(Lane.CONTENT));
        Signals now = metrics.now();
        Double inStore = content.now().storeMillis();
        double slow = Math.max(critical.takePressure(seconds, inStore), overdue(inStore));
        level.tick(
                seconds,
                new Level.Pressure(
                        now.backlogOver(goals),
                        Math.max(now.storeOver(goals), refused / goals.refused()),
                        // Where hardly anything is under way, nothing that could be refused makes them slow.
                        busy.isEmpty() ? 0 : slow));
    }

    /**
     * By those who should have been answered. Where only posts wait, content stands still, and likes need not suffer for it;
     * where likes wait as well, it is what all share.
     */
    private double overdue(@Nullable Double inStore) {
        long now = nanos.getAsLong();
        return Math.min(criticalStarts.pressure(now, inStore), likeStarts.pressure(now, null));
    }

    private Set<Lane> takeBusy() {
        Set<Lane> busy = EnumSet.noneOf(Lane.class);
        limiters.forEach((lane, limiter) -> {
            if (limiter.takeBusy()) {
                busy.add(lane);
            }
        });
        return busy;
    }

    /** By how crowded and slow it is for posts; with the time in their store, since comments and reads go there, too. */
    private void makeRoom(double seconds, AdmissionRules.Goals goals, boolean busy) {
        Limiter lane = of(Lane.CONTENT);
        double slow = posts.takePressure(seconds, null);
        double crowded = lane.takeCrowded() / goals.crowded();
        // Posts that are slow while hardly anything is under way are not slow because of comments and reads.
        lane.reserve(forPosts.after(seconds, busy ? Math.max(crowded, slow) : crowded));
    }

    void set(boolean wanted) {
        on = wanted;
    }

    boolean isOn() {
        return on;
    }

    double level() {
        return level.now();
    }

    LastSignals metrics() {
        return metrics;
    }

    LastSignals content() {
        return content;
    }

    Limiter of(Lane lane) {
        return requireNonNull(limiters.get(lane));
    }

    /** Up as often as the fraction says: whatever the weight, a view gets in once in so many times. */
    private int rounded(double weight) {
        int floor = (int) weight;
        return weight > floor && random.get().nextDouble() < weight - floor ? floor + 1 : floor;
    }

    /** Likes go both ways to post-metrics-service, and wherever they are refused, no view gets in either. */
    private boolean hasRoomForViews() {
        return of(Lane.BATCHES).hasRoom(TrafficClass.VIEW) && of(Lane.METRICS).hasRoom(TrafficClass.VIEW);
    }

    private boolean isRefused(TrafficClass traffic, double now) {
        if (traffic == TrafficClass.VIEW && measures.noViews(now)) {
            return true;
        }
        // What troubles likes and views only is no reason to refuse a read.
        double share = measures.refused(traffic, traffic == TrafficClass.READ ? level.shared() : now);
        return share > 0 && random.get().nextDouble() < share;
    }

    private static boolean isCritical(TrafficClass traffic) {
        return traffic == TrafficClass.POST || traffic == TrafficClass.COMMENT;
    }

    /** What it took to refuse a request, or to lose it, is not what it takes to answer one. */
    private static Limiter.End end(int status, boolean retryAfter) {
        if (status == 504 || (status == 503 && !retryAfter)) {
            return Limiter.End.LOST;
        }
        return status == 0 || status == 429 || status >= 500 ? Limiter.End.IGNORED : Limiter.End.ANSWERED;
    }
}
