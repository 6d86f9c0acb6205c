package spillway.metrics.views;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import spillway.metrics.posts.KnownPosts;
import spillway.platform.id.PostId;
import spillway.platform.security.Caller;

/** Takes views. */
@RestController
class ViewController {

    private final KnownPosts posts;
    private final Turnstile turnstile;

    ViewController(KnownPosts posts, Turnstile turnstile) {
        this.posts = posts;
        this.turnstile = turnstile;
    }

    @PostMapping("/v1/posts/{id}/views")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void view(@PathVariable PostId id, Caller caller) {
        posts.require(id, caller);
        turnstile.pass(id, List.of(new SeenBy(caller.user().value(), 1)));
    }
}
