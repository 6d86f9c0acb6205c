package spillway.content.reshard;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import spillway.content.shard.MovePools;

/** Works on the reshard under way, in one instance at a time. Killed anywhere, the next one goes on from what the shards know. */
final class ReshardWorker implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ReshardWorker.class);
    private static final Duration LOOK = Duration.ofMillis(300);
    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private final Reshards reshards;
    private final Journal journal;
    private final Lease lease;
    private final MovePools pools;
    private final ReshardSettings settings;
    private final Clock clock;
    private final Map<Long, MoveRun> runs = new HashMap<>();
    private final Semaphore turns;
    private volatile CountDownLatch stopped = new CountDownLatch(0);

    ReshardWorker(
            Reshards reshards, Journal journal, Lease lease, MovePools pools, ReshardSettings settings, Clock clock) {
        this.reshards = reshards;
        this.journal = journal;
        this.lease = lease;
        this.pools = pools;
        this.settings = settings;
        this.clock = clock;
        this.turns = new Semaphore(settings.parallel(), true);
    }

    @Override
    public void start() {
        if (!settings.worker()) {
            return;
        }
        CountDownLatch end = new CountDownLatch(1);
        stopped = end;
        Thread.ofPlatform().daemon().name("reshard").start(() -> work(end));
    }

    private void work(CountDownLatch end) {
        try {
            while (!end.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    look();
                } catch (DataAccessException e) {
                    LOG.warn("The catalog's reshards cannot be read: {}", e.getMessage());
                }
            }
            letGo();
            lease.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        Reshards.Recorded underWay = reshards.underWay().orElse(null);
        if (underWay == null || !lease.take()) {
            letGo();
            return;
        }
        for (Reshards.Row row : reshards.moves(underWay.id())) {
            if (isOver(row.state())) {
                letGo(row.move().id());
            } else if (!runs.containsKey(row.move().id())) {
                MoveRun run = run(row.move(), underWay.throttle());
                runs.put(row.move().id(), run);
                run.start();
                if (underWay.throttle()) {
                    // The next one with the next look: what begins together connects together, and from then on mirrors
                    // in
                    // the same moments.
                    break;
                }
            }
        }
        reshards.endWhenOver(underWay.id());
    }

    private static boolean isOver(MoveState state) {
        return switch (state) {
            case OLD, MIRROR, BACKFILL, VERIFY, SEAL, NEW, FINISHING, ROLLING_BACK -> false;
            case DONE, ROLLED_BACK -> true;
        };
    }

    private MoveRun run(Move move, boolean throttled) {
        Side source = side(move.source());
        Side target = side(move.target());
        MoveRules rules = settings.rules(throttled);
        Throttle throttle =
                throttled ? new Courtesy(() -> source.waiting(move.slots()), System::nanoTime, this::rest) : () -> {};
        LOG.info("Move {}: slots {} from shard {} to {}", move.id(), move.slots(), move.source(), move.target());
        return new MoveRun(
                move,
                new Mover(move, source, target, journal, rules, clock, ReshardWorker::liesInTheRow),
                new Applier(move, source, target, journal, rules, ReshardWorker::liesInTheRow),
                turns,
                throttle,
                settings.rest());
    }

    /** Who rests for the sake of all keeps the turn, else there would always be another who works in it. */
    private void rest(long ofAll, long ofSource) {
        LockSupport.parkNanos(ofAll);
        turns.release();
        try {
            LockSupport.parkNanos(ofSource);
        } finally {
            turns.acquireUninterruptibly();
        }
    }

    private Side side(int shard) {
        return new PostgresSide(shard, pools.of(shard));
    }

    private static boolean liesInTheRow(RuntimeException failure) {
        return failure instanceof DataIntegrityViolationException;
    }

    private void letGo(long move) throws InterruptedException {
        MoveRun run = runs.remove(move);
        if (run != null) {
            run.stop(STOP_WAIT);
        }
    }

    private void letGo() throws InterruptedException {
        for (MoveRun run : runs.values()) {
            run.stop(STOP_WAIT);
        }
        runs.clear();
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public boolean isRunning() {
        return stopped.getCount() > 0;
    }

    /** After the shards are open. */
    @Override
    public int getPhase() {
        return 30;
    }
}
