package spillway.chaos.reshard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** What clients see in the end: a sample of the posts read once more, and of the keys sent once more. */
final class ReadBack {

    private static final int POSTS = 10_000;
    private static final int KEYS = 500;
    private static final int AT_ONCE = 16;

    private final Ledger ledger;
    private final List<Account> sample;

    /** @param random which ones */
    ReadBack(Ledger ledger, RandomGenerator random) {
        this.ledger = ledger;
        this.sample = new ArrayList<>(ledger.accounts());
        Collections.shuffle(sample, Random.from(random));
    }

    /** How many posts were read; what was wrong, the watch has booked. */
    long read(Watch watch) {
        List<Account> posts = sample.subList(0, Math.min(POSTS, sample.size()));
        inParallel(posts, watch::lookAt);
        return posts.size();
    }

    /**
     * What came of the keys.
     *
     * @param repeated keys that were answered
     * @param doubled those that made a second post
     */
    record Keys(long repeated, long doubled) {}

    Keys repeat(Sending sending) {
        LongAdder repeated = new LongAdder();
        LongAdder doubled = new LongAdder();
        List<Account> published = sample.stream()
                .filter(post -> ledger.planted().number(post.id()).isEmpty())
                .limit(KEYS)
                .toList();
        inParallel(published, post -> {
            if (sending.send(new Write.Publish(post.author(), post.firstText())) instanceof Answer.Done done) {
                repeated.increment();
                if (done.id() != post.id()) {
                    doubled.increment();
                }
            }
        });
        return new Keys(repeated.sum(), doubled.sum());
    }

    private static void inParallel(List<Account> posts, Consumer<Account> work) {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            posts.forEach(post -> threads.execute(() -> work.accept(post)));
        }
    }
}
