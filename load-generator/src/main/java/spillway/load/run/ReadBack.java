package spillway.load.run;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import spillway.load.oracle.ExpectedPost;
import spillway.load.oracle.ExpectedVote;
import spillway.load.oracle.Observation;
import spillway.load.oracle.Observation.Counts;
import spillway.load.oracle.Observation.Found;
import spillway.load.oracle.Observation.Reading;
import spillway.load.oracle.Observation.Unreadable;
import spillway.load.oracle.Observation.Vote;
import spillway.load.oracle.Oracle;
import tools.jackson.databind.JsonNode;

/** Reads what the oracle judges: counts until they have arrived or the time is up, then posts, then single votes. */
final class ReadBack {

    static final int POSTS_READ = 2_000;
    static final int VOTES_READ = 400;

    private static final int IDS_PER_REQUEST = 100;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int ATTEMPTS = 20;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Api api;
    private final Tokens tokens;
    private final Clock clock;
    private final SplittableRandom random;
    private final RunOptions options;
    private final long reader;

    ReadBack(Api api, Tokens tokens, Clock clock, RunOptions options, long reader) {
        this.api = api;
        this.tokens = tokens;
        this.clock = clock;
        this.random = new SplittableRandom(options.seed());
        this.options = options;
        this.reader = reader;
    }

    /**
     * @param counts the last that were read
     * @param took from the beginning until the counts were right for the first time and stayed so; the whole wait when
     *     they never were
     */
    record Drain(Map<String, Counts> counts, Duration took, boolean complete) {}

    Drain drain(Oracle oracle) {
        List<String> ids = oracle.posts().stream().map(ExpectedPost::id).toList();
        long start = clock.nanoTime();
        long deadline = start + options.drainPatience().toNanos();
        while (true) {
            Map<String, Counts> counts = counts(ids);
            long read = clock.nanoTime();
            if (oracle.isDrained(counts)) {
                clock.awaitNanos(read + options.settle().toNanos());
                Map<String, Counts> settled = counts(ids);
                if (oracle.isDrained(settled)) {
                    return new Drain(settled, Duration.ofNanos(read - start), true);
                }
            }
            if (read >= deadline) {
                return new Drain(counts, Duration.ofNanos(read - start), false);
            }
            clock.awaitNanos(read + POLL.toNanos());
        }
    }

    /** Waits until the counts are right for the first time, or the time is up. */
    void await(Oracle oracle, Duration patience) {
        List<String> ids = oracle.posts().stream().map(ExpectedPost::id).toList();
        long deadline = clock.nanoTime() + patience.toNanos();
        while (!oracle.isDrained(counts(ids)) && clock.nanoTime() < deadline) {
            clock.awaitNanos(clock.nanoTime() + POLL.toNanos());
        }
    }

    /** Bounded like the drain: what could not be read by then counts as unreadable. */
    Observation observe(Drain drain, Oracle oracle, List<ExpectedVote> votes) {
        long deadline = clock.nanoTime() + options.drainPatience().toNanos();
        List<ExpectedPost> posts = sample(oracle.posts(), POSTS_READ);
        List<Reading> readings = InParallel.all(posts, post -> read(post.id(), ATTEMPTS, deadline), done -> {});
        List<ExpectedVote> asked = sampleVotes(votes);
        List<Vote> answers = InParallel.all(asked, vote -> ask(vote, ATTEMPTS, deadline), done -> {});
        return new Observation(
                drain.counts(),
                IntStream.range(0, posts.size())
                        .boxed()
                        .collect(Collectors.toMap(i -> posts.get(i).id(), readings::get)),
                IntStream.range(0, asked.size()).boxed().collect(Collectors.toMap(asked::get, answers::get)));
    }

    private Map<String, Counts> counts(List<String> ids) {
        List<List<String>> chunks = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += IDS_PER_REQUEST) {
            chunks.add(ids.subList(from, Math.min(ids.size(), from + IDS_PER_REQUEST)));
        }
        Map<String, Counts> counts = new HashMap<>();
        for (JsonNode answer : InParallel.all(chunks, some -> metrics(some, ATTEMPTS), done -> {})) {
            for (JsonNode item : answer.path("items")) {
                counts.put(item.path("postId").asString(""), new Counts(value(item, "likes"), value(item, "comments")));
            }
        }
        return counts;
    }

    private Future<JsonNode> metrics(List<String> ids, int attempts) {
        return api.send(Call.get("/v1/metrics?ids=" + String.join(",", ids), tokens.of(reader)))
                .map(answer -> answer.isSuccess() ? answer.json() : Answer.NOTHING)
                .otherwise(failure -> Answer.NOTHING)
                .compose(answer -> answer.isMissingNode() && attempts > 1
                        ? later(() -> metrics(ids, attempts - 1))
                        : Future.succeededFuture(answer));
    }

    private Future<Reading> read(String id, int attempts, long deadline) {
        if (clock.nanoTime() >= deadline) {
            return Future.succeededFuture(new Unreadable("not in time"));
        }
        return api.send(Call.get("/v1/posts/" + id, tokens.of(reader)))
                .map(answer -> reading(answer))
                .otherwise(failure -> new Unreadable(String.valueOf(failure.getMessage())))
                .compose(reading -> reading instanceof Unreadable && attempts > 1
                        ? later(() -> read(id, attempts - 1, deadline))
                        : Future.succeededFuture(reading));
    }

    private static Reading reading(Answer answer) {
        JsonNode post = answer.json();
        return answer.isSuccess()
                ? new Found(
                        post.path("userId").asString(""), post.path("content").asString(""))
                : new Unreadable("status " + answer.status());
    }

    private Future<Vote> ask(ExpectedVote vote, int attempts, long deadline) {
        if (clock.nanoTime() >= deadline) {
            return Future.succeededFuture(Vote.UNREADABLE);
        }
        return api.send(Call.get("/v1/posts/" + vote.postId() + "/like", tokens.of(vote.user())))
                .map(answer -> vote(answer))
                .otherwise(Vote.UNREADABLE)
                .compose(seen -> seen == Vote.UNREADABLE && attempts > 1
                        ? later(() -> ask(vote, attempts - 1, deadline))
                        : Future.succeededFuture(seen));
    }

    /** A target that has just been overloaded may still refuse: asked again at once, it would only do so again. */
    private <T> Future<T> later(Supplier<Future<T>> next) {
        Promise<T> promise = Promise.promise();
        api.later(Lane.BROWSING, PAUSE, () -> next.get().onComplete(promise));
        return promise.future();
    }

    private static Vote vote(Answer answer) {
        JsonNode liked = answer.json().path("liked");
        if (!answer.isSuccess() || !liked.isBoolean()) {
            return Vote.UNREADABLE;
        }
        return liked.booleanValue() ? Vote.LIKED : Vote.NOT_LIKED;
    }

    /** Half of them likes that were taken back, as far as there are: those are what a replay would resurrect. */
    private List<ExpectedVote> sampleVotes(List<ExpectedVote> votes) {
        Map<Boolean, List<ExpectedVote>> byLiked =
                votes.stream().collect(Collectors.partitioningBy(ExpectedVote::liked));
        List<ExpectedVote> sample = new ArrayList<>(sample(byLiked.getOrDefault(false, List.of()), VOTES_READ / 2));
        sample.addAll(sample(byLiked.getOrDefault(true, List.of()), VOTES_READ - sample.size()));
        return sample;
    }

    /** Any {@code size} of the things, in any order. */
    private <T> List<T> sample(List<T> things, int size) {
        if (things.size() <= size) {
            return things;
        }
        List<T> shuffled = new ArrayList<>(things);
        for (int i = 0; i < size; i++) {
            int j = i + random.nextInt(shuffled.size() - i);
            T taken = shuffled.get(j);
            shuffled.set(j, shuffled.get(i));
            shuffled.set(i, taken);
        }
        return shuffled.subList(0, size);
    }

    private static long value(JsonNode item, String metric) {
        return item.path(metric).path("value").asLong(-1);
    }
}
