package spillway.metrics.views;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Views that this instance has taken and not flushed, bounded. Thread-safe: all that touches a post's gathering happens
 * under the map's lock of that post, so a view is in what a drain takes out or in what is gathered next.
 */
final class Views {

    /**
     * What was gathered for one post.
     *
     * @param tally how many
     * @param viewers whose, as far as there was room to remember them
     */
    record Gathered(long post, Tally tally, Set<Long> viewers) {}

    private final int mostPosts;
    private final int mostViewers;
    private final AtomicInteger viewers = new AtomicInteger();
    private final ConcurrentMap<Long, Gathered> byPost = new ConcurrentHashMap<>();

    Views(int mostPosts, int mostViewers) {
        this.mostPosts = mostPosts;
        this.mostViewers = mostViewers;
    }

    /** Takes a view by each of them, all or none; false when too many posts are gathered already. */
    boolean add(long post, Collection<SeenBy> people) {
        if (byPost.size() >= mostPosts && !byPost.containsKey(post)) {
            return false;
        }
        byPost.compute(post, (key, before) -> {
            Set<Long> seen = before == null ? new HashSet<>() : before.viewers();
            Tally tally = before == null ? Tally.NONE : before.tally();
            for (SeenBy view : people) {
                tally = tally.plus(Tally.weighing(view.weight()));
                if (viewers.get() < mostViewers && seen.add(view.viewer())) {
                    viewers.incrementAndGet();
                }
            }
            return new Gathered(post, tally, seen);
        });
        return true;
    }

    /** Views of the post that are not flushed. */
    long unflushed(long post) {
        Gathered gathered = byPost.get(post);
        return gathered == null ? 0 : gathered.tally().views();
    }

    /** Takes out everything that is gathered. */
    List<Gathered> drain() {
        List<Gathered> drained = new ArrayList<>();
        for (Long post : byPost.keySet()) {
            Gathered gathered = byPost.remove(post);
            if (gathered != null) {
                viewers.addAndGet(-gathered.viewers().size());
                drained.add(gathered);
            }
        }
        return drained;
    }

    /** Puts back what could not be flushed; the bounds may be passed by it, new posts are refused meanwhile. */
    void restore(Gathered gathered) {
        byPost.compute(gathered.post(), (key, since) -> {
            if (since == null) {
                viewers.addAndGet(gathered.viewers().size());
                return gathered;
            }
            for (Long viewer : gathered.viewers()) {
                if (since.viewers().add(viewer)) {
                    viewers.incrementAndGet();
                }
            }
            return new Gathered(gathered.post(), since.tally().plus(gathered.tally()), since.viewers());
        });
    }
}
