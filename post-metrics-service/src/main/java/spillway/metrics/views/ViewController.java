package spillway.metrics.views;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import spillway.metrics.posts.KnownPosts;
import spillway.metrics.problem.Unavailable;
import spillway.platform.id.PostId;
import spillway.platform.security.Caller;

/** Takes views. */
@RestController
class ViewController {

    private final KnownPosts posts;
    private final Views views;
    private final ViewLog log;

    ViewController(KnownPosts posts, Views views, ViewLog log) {
        this.posts = posts;
        this.views = views;
        this.log = log;
    }

    @PostMapping("/v1/posts/{id}/views")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void view(@PathVariable PostId id, Caller caller) {
        posts.require(id, caller);
        long viewer = caller.user().value();
        if (!views.add(id.value(), viewer)) {
            throw new Unavailable("Too many posts are being viewed at once.", null);
        }
        log.append(id.value(), viewer);
    }
}
