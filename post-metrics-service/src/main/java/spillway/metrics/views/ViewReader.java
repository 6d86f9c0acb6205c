package spillway.metrics.views;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import spillway.metrics.views.Split.Stage;
import spillway.metrics.views.ViewStore.Base;
import spillway.metrics.views.ViewStore.Reads;
import spillway.metrics.views.ViewStore.SubKey;

/**
 * Sums a post's views over its base key and its sub-keys. One trip when the post is whole or its split is known, one more
 * when the base key tells of a split that was not asked for. Thread-safe.
 *
 * <p>The sum contains each view that was written before the read began, and none twice, although no two keys are read at
 * once: a sub-key's views are in the base key from the step on that says so there (<i>taken</i>), and stay in the sub-key
 * until a later epoch opens it, which is announced in the base key before. So of a sub-key that the base key has not taken,
 * the right number was read, unless its epoch is a later one; then the base key is read again. One that says the same again
 * has lost that later epoch (a failover may do that), and the sub-key is none of its own.
 */
final class ViewReader {

    private static final int MOST_TRIPS = 5;

    private final ViewStore store;
    private final KnownSplits splits;

    ViewReader(ViewStore store, KnownSplits splits) {
        this.store = store;
        this.splits = splits;
    }

    /**
     * A post's views, wherever they lie.
     *
     * @param writes that Redis was measured to carry
     */
    record Total(Base base, Tally tally, long writes) {}

    /** Each post's views; fails when Redis does not answer. */
    CompletionStage<Map<Long, Total>> read(Iterable<Long> posts) {
        Map<Long, Split> expected = new HashMap<>();
        posts.forEach(post -> expected.put(post, splits.of(post)));
        return read(expected, Map.of(), 1);
    }

    /** @param overtaken the split with which a base key was older than one of its sub-keys, when it was last looked at */
    private CompletionStage<Map<Long, Total>> read(Map<Long, Split> expected, Map<Long, Split> overtaken, int trip) {
        if (trip > MOST_TRIPS) {
            return CompletableFuture.failedFuture(new IllegalStateException("splits change too fast: " + expected));
        }
        Reads reads = store.reads();
        List<Look> looks = new ArrayList<>();
        expected.forEach((post, split) -> looks.add(new Look(post, split, reads)));
        reads.send();
        return CompletableFuture.allOf(looks.stream().map(Look::done).toArray(CompletableFuture[]::new))
                .thenCompose(all -> settle(looks, overtaken, trip));
    }

    private CompletionStage<Map<Long, Total>> settle(List<Look> looks, Map<Long, Split> overtaken, int trip) {
        Map<Long, Total> totals = new HashMap<>();
        Map<Long, Split> again = new HashMap<>();
        Map<Long, Split> overtakenNow = new HashMap<>();
        for (Look look : looks) {
            Split found = look.base.join().split();
            splits.learn(look.post, found);
            if (!look.hasWhatItNeeds()) {
                again.put(look.post, found);
            } else if (look.isOvertaken() && !found.equals(overtaken.get(look.post))) {
                again.put(look.post, found);
                overtakenNow.put(look.post, found);
            } else {
                totals.put(look.post, look.total());
            }
        }
        if (again.isEmpty()) {
            return CompletableFuture.completedStage(totals);
        }
        return read(again, overtakenNow, trip + 1).thenApply(rest -> {
            totals.putAll(rest);
            return totals;
        });
    }

    /** One look at a post's base key and at the sub-keys that it is expected to have. */
    private static final class Look {

        private final long post;
        private final Split expected;
        private final CompletableFuture<Base> base;
        private final List<CompletableFuture<SubKey>> subKeys;

        Look(long post, Split expected, Reads reads) {
            this.post = post;
            this.expected = expected;
            this.base = reads.base(post).toCompletableFuture();
            this.subKeys = IntStream.range(0, expected.subKeys())
                    .mapToObj(i -> reads.subKey(post, i).toCompletableFuture())
                    .toList();
        }

        CompletableFuture<?> done() {
            List<CompletableFuture<?>> all = new ArrayList<>(subKeys);
            all.add(base);
            return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
        }

        /** The post is whole, or just the sub-keys that it has were asked. */
        boolean hasWhatItNeeds() {
            Split found = base.join().split();
            return found.stage() == Stage.WHOLE
                    || (found.epoch() == expected.epoch() && found.subKeys() == expected.subKeys());
        }

        /** A sub-key that counts belongs to a later epoch by now, so what it held is in the base key. */
        boolean isOvertaken() {
            Split found = base.join().split();
            return notTaken(found).anyMatch(subKey -> subKey.epoch() > found.epoch());
        }

        Total total() {
            Base read = base.join();
            Tally tally = read.tally();
            long writes = read.writes();
            for (SubKey subKey : notTaken(read.split())
                    .filter(each -> each.epoch() == read.split().epoch())
                    .toList()) {
                tally = tally.plus(subKey.tally());
                writes += subKey.writes();
            }
            return new Total(read, tally, writes);
        }

        private Stream<SubKey> notTaken(Split split) {
            return subKeys.stream()
                    .limit(split.subKeys())
                    .skip(Math.max(0, split.taken()))
                    .map(CompletableFuture::join);
        }
    }
}
