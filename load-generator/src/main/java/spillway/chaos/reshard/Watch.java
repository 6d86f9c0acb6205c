package spillway.chaos.reshard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import spillway.chaos.reshard.Reading.Found;
import spillway.chaos.site.Wait;

/**
 * Reads all the time, and holds each read to what was acknowledged before it began: single posts, posts in their author's
 * list, and lists in which no post may stand twice. Thread-safe.
 */
final class Watch implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int READERS = 2;
    private static final int KEPT = 20;
    private static final int PAGE = 100;

    private final Ledger ledger;
    private final Reading reading;
    private final Consumer<String> told;
    private final List<Thread> readers = new ArrayList<>();
    private final Map<Sight, Long> sights = new EnumMap<>(Sight.class);
    private final List<String> examples = new ArrayList<>();
    private long unreadable;
    private long twice;
    private volatile boolean over;

    /**
     * What was seen.
     *
     * @param twice lists with a post that stood in them twice
     * @param unreadable reads that brought no answer
     */
    record Seen(Map<Sight, Long> sights, long twice, long unreadable, List<String> examples) {

        Seen {
            sights = Map.copyOf(sights);
            examples = List.copyOf(examples);
        }

        long of(Sight sight) {
            return sights.getOrDefault(sight, 0L);
        }

        long reads() {
            return sights.values().stream().mapToLong(Long::longValue).sum();
        }

        long wrong() {
            return reads() - of(Sight.RIGHT) + twice;
        }
    }

    /** @param told of wrong reads, a line each */
    Watch(Ledger ledger, Reading reading, long seed, Consumer<String> told) {
        this.ledger = ledger;
        this.reading = reading;
        this.told = told;
        for (int reader = 0; reader < READERS; reader++) {
            SplittableRandom random = new SplittableRandom(seed + reader);
            readers.add(Thread.ofVirtual().unstarted(() -> look(random)));
        }
    }

    void start() {
        readers.forEach(Thread::start);
    }

    private void look(SplittableRandom random) {
        while (!over) {
            int ticket = random.nextInt(100);
            if (ticket < 5) {
                latest();
            } else {
                ledger.any(random).ifPresent(post -> {
                    if (ticket < 20) {
                        lookInList(post);
                    } else {
                        lookAt(post);
                    }
                });
            }
            Wait.during(PAUSE);
        }
    }

    /** Reads a post once. */
    void lookAt(Account post) {
        Standing before = post.standing();
        Optional<Found> found = reading.read(post);
        found.ifPresentOrElse(
                seen -> judge("post", post, before, Optional.of(seen).filter(Found::isThere)), this::countUnreadable);
    }

    private void lookInList(Account post) {
        Standing before = post.standing();
        Optional<List<Found>> list = reading.list("/v1/users/" + post.author() + "/posts?limit=" + PAGE);
        if (list.isEmpty()) {
            countUnreadable();
            return;
        }
        requireOnce(list.get());
        boolean reachesSoFar = list.get().size() < PAGE || list.get().getLast().id() <= post.id();
        if (reachesSoFar) {
            judge(
                    "list",
                    post,
                    before,
                    list.get().stream().filter(item -> item.id() == post.id()).findFirst());
        }
    }

    private void latest() {
        reading.list("/v1/posts?limit=" + PAGE).ifPresentOrElse(this::requireOnce, this::countUnreadable);
    }

    private synchronized void judge(String where, Account post, Standing before, Optional<Found> found) {
        Standing after = post.standing();
        Sight sight = found.map(seen -> Sight.of(before, after, seen.version(), seen.content()))
                .orElseGet(() -> Sight.ofNothing(after));
        sights.merge(sight, 1L, Long::sum);
        if (sight.isWrong()) {
            example("%s %d: %s, read %s, acknowledged %s"
                    .formatted(
                            where,
                            post.id(),
                            sight.name().toLowerCase(Locale.ROOT),
                            found.map(seen -> "version " + seen.version()).orElse("nothing"),
                            before.deleted() ? "its end" : "version " + before.version()));
        }
    }

    private synchronized void requireOnce(List<Found> items) {
        Set<Long> ids = new HashSet<>();
        for (Found item : items) {
            if (!ids.add(item.id())) {
                twice++;
                example("post " + item.id() + " stands in a list twice");
                return;
            }
        }
    }

    private synchronized void countUnreadable() {
        unreadable++;
    }

    private void example(String text) {
        if (examples.size() < KEPT) {
            examples.add(text);
            told.accept("wrong: " + text);
        }
    }

    synchronized Seen seen() {
        return new Seen(sights, twice, unreadable, examples);
    }

    @Override
    public void close() {
        over = true;
    }
}
