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
 * The people of a {@link Scenario}: what they publish, and then, as an iterator, what they do while browsing.
 *
 * <p>Likes are taken back only some time after they were planned: the driver refuses to send an unlike whose like is not
 * acknowledged, and few should be lost to that. Users like what they have liked before; a repeated like must not count
 * again.
 */
final class Crowd implements Iterator<Planned> {

    private static final long REGRET_NANOS = 3_000_000_000L;
    private static final int FIRST = 0;

    private final Scenario scenario;
    private final SplittableRandom random;
    private final Audience audience;
    private final Arrivals arrivals;
    private final List<Planned> published = new ArrayList<>();
    private final ArrayDeque<Planned> ripening = new ArrayDeque<>();
    private final List<Like> regrettable = new ArrayList<>();
    private int created;
    private int browsed;
    private @Nullable Planned next;

    /** The same people each time: those who browse know what was published. */
    Crowd(Scenario scenario) {
        this.scenario = scenario;
        this.random = new SplittableRandom(scenario.seed());
        this.audience = new Audience(scenario.popularity(), scenario.posts());
        this.arrivals = new Arrivals(scenario.shape().phases(), random.split());
        while (created < scenario.posts()) {
            long author = scenario.user(audience.isInFocus(created) ? FIRST : random.nextInt(scenario.people()));
            published.add(new Planned(Scenario.publishedAt(created), publish(created++, author)));
        }
        this.created += scenario.earlier();
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
        return arrival < 0 ? null : new Planned(arrival, browse(arrival));
    }

    private CreatePost publish(int post, long author) {
        return new CreatePost(post, author, Prose.sentence("Offer " + post, random));
    }

    private Operation browse(long at) {
        browsed++;
        return switch (scenario.mix().draw(random)) {
            case LIKES -> like(at);
            case UNLIKES -> unlike(at);
            case VIEWS -> new View(somePost(), anyone());
            case COMMENTS -> new AddComment(somePost(), anyone(), Prose.sentence("Comment " + browsed, random));
            case POSTS -> publish(created++, anyone());
            case READS ->
                random.nextBoolean() ? new ReadPost(somePost(), anyone()) : new ReadMetrics(somePost(), anyone());
        };
    }

    private Operation like(long at) {
        Like like = new Like(somePost(), anyone());
        if (scenario.mix().takesBack()) {
            ripening.addLast(new Planned(at, like));
        }
        return like;
    }

    private Operation unlike(long at) {
        while (!ripening.isEmpty() && ripening.getFirst().atNanos() <= at - REGRET_NANOS) {
            regrettable.add((Like) ripening.removeFirst().operation());
        }
        if (regrettable.isEmpty()) {
            return like(at);
        }
        Like regretted = takeAny(regrettable);
        return new Unlike(regretted.post(), regretted.user());
    }

    private int somePost() {
        return audience.draw(arrivals.phase().kind() == Phase.Kind.SURGE, random);
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
