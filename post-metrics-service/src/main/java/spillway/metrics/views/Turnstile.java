package spillway.metrics.views;

import java.util.Collection;
import spillway.metrics.problem.Unavailable;
import spillway.platform.id.PostId;

/** Lets in those who view a post: counts them, and tells analytics of each. Thread-safe. */
final class Turnstile {

    private final Views views;
    private final ViewLog log;

    Turnstile(Views views, ViewLog log) {
        this.views = views;
        this.log = log;
    }

    /**
     * Takes a view by each of them.
     *
     * @param post one that exists
     * @param seen the views; who asks has the right to weigh them
     * @throws Unavailable when there is no room for the post; no view is taken then
     */
    void pass(PostId post, Collection<SeenBy> seen) {
        if (!views.add(post.value(), seen)) {
            throw new Unavailable("Too many posts are being viewed at once.", null);
        }
        seen.forEach(view -> log.append(post.value(), view));
    }
}
