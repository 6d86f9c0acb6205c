package spillway.load.trace;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import spillway.load.plan.Part;
import spillway.load.plan.Phase;
import spillway.load.plan.Plan;
import spillway.load.plan.Recorded;

/**
 * A trace as a plan, its time divided by {@code speedup}.
 *
 * <p>A post is created at its first appearance by the author named there, also when that is a like. Likes follow
 * {@link #LEAD} later than recorded, so that the id of their post is known by then. Rows that repeat a like are sent
 * like any other: they must not count.
 */
public final class TracePlan implements Plan {

    static final Duration LEAD = Duration.ofSeconds(1);

    private final Trace trace;
    private final double speedup;

    private TracePlan(Trace trace, double speedup) {
        this.trace = trace;
        this.speedup = speedup;
    }

    /**
     * Reads and checks the whole file once.
     *
     * @param speedup how many recorded seconds pass in one, more than 0
     * @throws TraceFault when the file is not a trace; the message says where and why
     */
    public static TracePlan of(Path file, double speedup) throws IOException {
        if (!(speedup > 0)) {
            throw new IllegalArgumentException("the speed-up must be more than 0: " + speedup);
        }
        return new TracePlan(Trace.read(file), speedup);
    }

    @Override
    public String title() {
        return "trace " + trace.file().getFileName();
    }

    /** One part that insists: every row must be counted. */
    @Override
    public List<Part> parts() {
        Duration length = Duration.ofNanos(compressed(trace.lastOffsetNanos())).plus(LEAD);
        Phase replay = new Phase("replay", length, trace.operations() * 1e9 / length.toNanos());
        return List.of(new Part(List.of(replay), true, () -> new Replay(this, trace.file(), trace.posts())));
    }

    @Override
    public List<Long> users() {
        return trace.users();
    }

    @Override
    public List<Recorded> recorded() {
        return trace.recorded();
    }

    long compressed(long offsetNanos) {
        return (long) ((offsetNanos - trace.firstOffsetNanos()) / speedup);
    }
}
