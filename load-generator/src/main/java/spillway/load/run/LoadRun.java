package spillway.load.run;

import org.jspecify.annotations.Nullable;
import spillway.load.plan.Plan;

/**
 * One run: tokens, traffic, drain, reading back, verdict. {@link #execute} blocks the calling thread, which sends the
 * traffic; {@link #snapshot} may be asked by any other.
 */
public final class LoadRun {

    private final Plan plan;
    private final RunOptions options;
    private final @Nullable IntervalSink sink;
    private volatile @Nullable Session session;

    public LoadRun(Plan plan, RunOptions options) {
        this(plan, options, null);
    }

    /** @param sink takes the latencies as they come; called by a thread of the run */
    public LoadRun(Plan plan, RunOptions options, @Nullable IntervalSink sink) {
        this.plan = plan;
        this.options = options;
        this.sink = sink;
    }

    public Snapshot snapshot() {
        Session current = session;
        return current == null ? Snapshot.BEGINNING : current.snapshot();
    }

    /** @throws TargetUnreachable when the run could not begin; whatever happens later is part of the result */
    public RunResult execute() throws TargetUnreachable {
        try (Session running = new Session(plan, options)) {
            session = running;
            running.begin();
            running.send(plan.parts(), sink);
            return running.conclude();
        }
    }
}
