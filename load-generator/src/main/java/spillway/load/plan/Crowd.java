package spillway.load.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import spillway.load.plan.Operation.AddComment;
import spillway.load.plan.Operation.CreatePost;
import spillway.load.plan.Operation.Like;
import spillway.load.plan.Operation.ReadMetrics;
import spillway.load.plan.Operation.ReadPost;
import spillway.load.plan.Operation.Unlike;
import spillway.load.plan.Operation.View;

/**
 * The people of a {@link BlackFriday}: what they publish, and then, as an iterator, what they do while browsing.
 *
 * <p>Of the browsing, {@value #VOTES} % are likes (one in ten of them takes an earlier like back), the rest views, reads,
 * comments and new posts. Likes are taken back only some time after they were planned: the driver refuses to send an
 * unlike whose like is not acknowledged, and few should be lost to that. Users like what they have liked before; a
 * repeated like must not count again.
 */
final class Crowd implements Iterator<Planned> {

    private static final int VOTES = 55;
    private static final int VIEWS = 25;
    private static final int COMMENTS = 5;
    private static final int POSTS = 2;

    private static final int UNLIKES_PERCENT_OF_VOTES = 10;
    private static final int VIRAL_PERCENT_OF_BURST = 30;
    private static final int VIRAL_POST = 0;
    private static final int BURST_PHASE = 2;
    private static final long REGRET_NANOS = 3_000_000_000L;

    private final BlackFriday scenario;
    private final SplittableRandom random;
    private final Zipf popularity;
    private final Arrivals arrivals;
    private final List<Planned> published = new ArrayList<>();
    private final ArrayDeque<Planned> ripening = new ArrayDeque<>();
    private final List<Like> regrettable = new ArrayList<>();
    private int created;
    private int browsed;
    private @Nullable Planned next;

    /** The same people each time: those who browse know what was published. */
    Crowd(BlackFriday scenario, List<Phase> browsing) {
        this.scenario = scenario;
        this.random = new SplittableRandom(scenario.seed());
        this.popularity = new Zipf(scenario.posts());
        this.arrivals = new Arrivals(browsing, random.split());
        while (created < scenario.posts()) {
            published.add(new Planned(BlackFriday.publishedAt(created), publish()));
        }
        this.next = step();
    }

    List<Planned> published() {
        return published;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Planned next() {
        Planned current = next;
        if (current == null) {
            throw new NoSuchElementException();
        }
        next = step();
        return current;
    }

    private @Nullable Planned step() {
        long arrival = arrivals.next();
        return arrival < 0 ? null : browse(arrival);
    }

    private CreatePost publish() {
        int post = created++;
        return new CreatePost(post, anyone(), Prose.sentence("Offer " + post, random));
    }

    private Planned browse(long at) {
        browsed++;
        int kind = random.nextInt(100);
        if (kind < VOTES) {
            return vote(at);
        }
        if (kind < VOTES + VIEWS) {
            return new Planned(at, new View(somePost(), anyone()));
        }
        if (kind < VOTES + VIEWS + COMMENTS) {
            String text = Prose.sentence("Comment " + browsed, random);
            return new Planned(at, new AddComment(somePost(), anyone(), text));
        }
        if (kind < VOTES + VIEWS + COMMENTS + POSTS) {
            return new Planned(at, publish());
        }
        return new Planned(
                at, random.nextBoolean() ? new ReadPost(somePost(), anyone()) : new ReadMetrics(somePost(), anyone()));
    }

    private Planned vote(long at) {
        while (!ripening.isEmpty() && ripening.getFirst().atNanos() <= at - REGRET_NANOS) {
            regrettable.add((Like) ripening.removeFirst().operation());
        }
        if (random.nextInt(100) < UNLIKES_PERCENT_OF_VOTES && !regrettable.isEmpty()) {
            Like regretted = takeAny(regrettable);
            return new Planned(at, new Unlike(regretted.post(), regretted.user()));
        }
        Planned like = new Planned(at, new Like(somePost(), anyone()));
        ripening.addLast(like);
        return like;
    }

    private int somePost() {
        boolean burst = arrivals.phase() == BURST_PHASE;
        return burst && random.nextInt(100) < VIRAL_PERCENT_OF_BURST ? VIRAL_POST : popularity.draw(random);
    }

    private long anyone() {
        return scenario.user(random.nextInt(scenario.people()));
    }

    private <T> T takeAny(List<T> list) {
        int index = random.nextInt(list.size());
        T taken = list.get(index);
        T last = list.removeLast();
        if (index < list.size()) {
            list.set(index, last);
        }
        return taken;
    }
}
