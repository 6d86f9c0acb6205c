package spillway.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import spillway.chaos.Counts.Count;
import spillway.chaos.Pairs.Standing;

/**
 * Reads counts while the storm goes on and holds each answer to what it says of itself (invariant I4): a count may be
 * behind, even at nothing after Redis lost everything, but never without a word; nor should it be behind by more than the
 * operations it calls pending, give or take those that were sent while it was on its way. And no count may ever be one that
 * no order of events explains. Thread-safe.
 */
final class Watch implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(150);
    private static final int POSTS_AT_ONCE = 10;
    private static final int KEPT = 20;

    /** How old what is answered can be: counts and what is pending are kept for a tenth of a second each. */
    private static final long AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);

    private final Counts counts;
    private final Crowd crowd;
    private final Pairs pairs;
    private final SplittableRandom random;
    private final Deque<Earlier> earlier = new ArrayDeque<>();
    private final List<String> examples = new ArrayList<>();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("watch").factory());
    private long reads;
    private long unreadable;
    private long behind;
    private long understated;
    private long silent;
    private long impossible;

    private record Earlier(long nanos, List<Long> sent) {}

    /**
     * What was seen.
     *
     * @param reads counts read
     * @param unreadable posts whose counts could not be read
     * @param behind counts that were not the present ones, and said so
     * @param understated counts that said that they were behind, though not by how much: no failure, but worth a look
     * @param silent counts that were not the present ones, and said that they were
     * @param impossible counts that cannot have been true at any time
     * @param examples of the last three
     */
    record Seen(
            long reads,
            long unreadable,
            long behind,
            long understated,
            long silent,
            long impossible,
            List<String> examples) {

        long wrong() {
            return silent + impossible;
        }
    }

    Watch(Counts counts, Crowd crowd, Pairs pairs, long seed) {
        this.counts = counts;
        this.crowd = crowd;
        this.pairs = pairs;
        this.random = new SplittableRandom(seed);
    }

    void start() {
        var unused = ticks.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        long from = System.nanoTime();
        remember(from);
        List<Integer> posts = new ArrayList<>(List.of(0));
        while (posts.size() < POSTS_AT_ONCE) {
            int post = random.nextInt(crowd.posts());
            if (!posts.contains(post)) {
                posts.add(post);
            }
        }
        Map<Integer, Count> read = counts.read(posts);
        synchronized (this) {
            reads += read.size();
            unreadable += posts.size() - read.size();
            read.forEach((post, count) -> judge(post, count, pairs.standing(post), sentBefore(post)));
        }
    }

    /** Called with the lock held. */
    private void judge(int post, Count count, Standing now, long sentBefore) {
        if (count.value() < 0 || count.value() > now.ever()) {
            impossible++;
            example("post %d: read %,d likes, at most %,d users ever wanted one"
                    .formatted(post, count.value(), now.ever()));
            return;
        }
        long off = Math.abs(count.value() - now.liked());
        long moving = now.sent() - sentBefore + now.open();
        if (off <= moving) {
            return;
        }
        Long pending = count.pending();
        if (pending == null || off <= pending + moving) {
            behind++;
        } else {
            if (pending == 0) {
                silent++;
            } else {
                understated++;
            }
            example("post %d: read %,d likes with %,d pending, %,d acknowledged"
                    .formatted(post, count.value(), pending, now.liked()));
        }
    }

    private void example(String text) {
        if (examples.size() < KEPT) {
            examples.add(text);
        }
    }

    private synchronized void remember(long now) {
        List<Long> sent = IntStream.range(0, crowd.posts())
                .mapToObj(post -> pairs.standing(post).sent())
                .toList();
        earlier.addLast(new Earlier(now, sent));
        // The first that is left is the last one old enough.
        while (earlier.size() > 1 && now - second().nanos() > AGE_NANOS) {
            earlier.removeFirst();
        }
    }

    private Earlier second() {
        return earlier.stream().skip(1).findFirst().orElseThrow();
    }

    private long sentBefore(int post) {
        return earlier.getFirst().sent().get(post);
    }

    synchronized Seen seen() {
        return new Seen(reads, unreadable, behind, understated, silent, impossible, List.copyOf(examples));
    }

    @Override
    public void close() {
        ticks.shutdownNow();
    }
}
