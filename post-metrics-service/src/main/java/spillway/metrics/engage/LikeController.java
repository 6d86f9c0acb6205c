package spillway.metrics.engage;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import spillway.metrics.counts.Likers;
import spillway.metrics.engage.Acceptance.Accepted;
import spillway.metrics.posts.KnownPosts;
import spillway.platform.id.PostId;
import spillway.platform.security.Caller;

/** One user's like of one post. */
@RestController
@RequestMapping("/v1/posts/{id}/like")
class LikeController {

    private final Acceptance acceptance;
    private final KnownPosts posts;
    private final Likers likers;

    LikeController(Acceptance acceptance, KnownPosts posts, Likers likers) {
        this.acceptance = acceptance;
        this.posts = posts;
        this.likers = likers;
    }

    @PutMapping
    ResponseEntity<Accepted> like(@PathVariable PostId id, Caller caller) {
        return acceptance.acceptLike(id, caller, true);
    }

    @DeleteMapping
    ResponseEntity<Accepted> unlike(@PathVariable PostId id, Caller caller) {
        return acceptance.acceptLike(id, caller, false);
    }

    @GetMapping
    Liked liked(@PathVariable PostId id, Caller caller) {
        posts.require(id, caller);
        return new Liked(likers.has(id, caller.user()));
    }

    /** @param liked whether the caller's last applied operation on the post is a like */
    record Liked(boolean liked) {}
}
