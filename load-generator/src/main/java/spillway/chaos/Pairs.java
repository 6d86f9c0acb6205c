package spillway.chaos;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import spillway.load.oracle.Book;
import spillway.load.oracle.Outcome;
import spillway.load.oracle.Range;

/**
 * The ledger: for every pair of post and user what was wanted, what was acknowledged and what is not known. Thread-safe.
 *
 * <p>A pair has at most one intent at a time, and an intent that was begun is repeated until it is acknowledged; repeating
 * it is harmless, since twice the same is once. What is not harmless is a request that was given up on and is still on its
 * way when the next, other intent of the pair is sent: nobody could tell which came last. So a pair whose outcome was ever
 * unknown takes no other intent before that request must be dead ({@link #OVERTAKEN}). In the end nothing is unknown, and
 * every count has one right value.
 */
final class Pairs {

    /** Longer than anything in the system goes on with a request that its client has given up on. */
    static final Duration OVERTAKEN = Duration.ofSeconds(20);

    private static final byte LIKED = 1;
    private static final byte OPEN = 2;
    private static final byte EVER = 4;
    private static final byte WANTED = 8;

    private final Crowd crowd;
    private final byte[] states;
    private final long[] liked;
    private final long[] ever;
    private final long[] open;
    private final long[] sent;
    private final Map<Integer, Long> unknownAt = new HashMap<>();
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private long offered;
    private long openPairs;
    private long everUnknown;

    Pairs(Crowd crowd) {
        this.crowd = crowd;
        this.states = new byte[crowd.pairs()];
        this.liked = new long[crowd.posts()];
        this.ever = new long[crowd.posts()];
        this.open = new long[crowd.posts()];
        this.sent = new long[crowd.posts()];
    }

    /** Opens the pair for an intent that is about to be sent; false when it must not be sent now. */
    synchronized boolean begin(Intent intent, long nanos) {
        int pair = intent.pair();
        if (has(pair, OPEN) || isOvertakable(pair, nanos)) {
            return false;
        }
        int post = crowd.post(pair);
        set(pair, OPEN, true);
        set(pair, WANTED, intent.like());
        if (intent.like() && !has(pair, EVER)) {
            set(pair, EVER, true);
            ever[post]++;
        }
        open[post]++;
        openPairs++;
        return true;
    }

    /** Opens the pair for another sending of what it says already; false when there is nothing to repeat. */
    synchronized boolean beginAgain(Intent intent, long nanos) {
        return has(intent.pair(), EVER) && has(intent.pair(), LIKED) == intent.like() && begin(intent, nanos);
    }

    /** Notes that open intents are being sent, for the first time or again. */
    synchronized void offer(Collection<Intent> intents) {
        offered += intents.size();
        for (Intent intent : intents) {
            sent[crowd.post(intent.pair())]++;
        }
    }

    /** Notes how one sending of an open intent ended; true when the intent is through. */
    synchronized boolean settle(Intent intent, Outcome outcome, long nanos) {
        outcomes.merge(outcome, 1L, Long::sum);
        int pair = intent.pair();
        if (outcome == Outcome.UNKNOWN) {
            doubt(intent, nanos);
        }
        if (outcome != Outcome.ACCEPTED) {
            return false;
        }
        int post = crowd.post(pair);
        if (has(pair, LIKED) != intent.like()) {
            set(pair, LIKED, intent.like());
            liked[post] += intent.like() ? 1 : -1;
        }
        set(pair, OPEN, false);
        open[post]--;
        openPairs--;
        return true;
    }

    /** Notes that the intent was sent by some way that did not say what became of it. */
    synchronized void doubt(Intent intent, long nanos) {
        if (unknownAt.put(intent.pair(), nanos) == null) {
            everUnknown++;
        }
    }

    private boolean isOvertakable(int pair, long nanos) {
        Long since = unknownAt.get(pair);
        if (since == null) {
            return false;
        }
        if (nanos - since < OVERTAKEN.toNanos()) {
            return true;
        }
        unknownAt.remove(pair);
        return false;
    }

    /** Intents that are neither acknowledged nor given up. */
    synchronized long openPairs() {
        return openPairs;
    }

    /** How often an intent's outcome became unknown. */
    synchronized long everUnknown() {
        return everUnknown;
    }

    synchronized Book book() {
        return new Book(
                offered,
                of(Outcome.ACCEPTED),
                of(Outcome.SHED),
                of(Outcome.REJECTED),
                of(Outcome.FAILED),
                of(Outcome.UNKNOWN));
    }

    /** What a post's count must be: exact unless intents are open. */
    synchronized Range expected(int post) {
        long low = liked[post];
        long high = liked[post];
        for (int user = 0; open[post] > 0 && user < crowd.users(); user++) {
            int pair = crowd.pair(post, user);
            if (has(pair, OPEN) && has(pair, WANTED) != has(pair, LIKED)) {
                low -= has(pair, LIKED) ? 1 : 0;
                high += has(pair, LIKED) ? 0 : 1;
            }
        }
        return new Range(low, high);
    }

    /** Whether the pair's last acknowledged intent is a like. */
    synchronized boolean isLiked(int pair) {
        return has(pair, LIKED);
    }

    /** Where a post stands at this moment. */
    synchronized Standing standing(int post) {
        return new Standing(liked[post], open[post], ever[post], sent[post]);
    }

    /**
     * A post at one moment.
     *
     * @param liked acknowledged likes
     * @param open intents under way
     * @param ever users who ever wanted to like it: no count can be higher
     * @param sent intents sent so far, repetitions as well
     */
    record Standing(long liked, long open, long ever, long sent) {}

    private long of(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    private boolean has(int pair, byte bit) {
        return (states[pair] & bit) != 0;
    }

    private void set(int pair, byte bit, boolean on) {
        states[pair] = (byte) (on ? states[pair] | bit : states[pair] & ~bit);
    }
}
