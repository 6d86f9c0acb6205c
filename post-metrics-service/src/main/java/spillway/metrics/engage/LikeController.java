package spillway.metrics.engage;

import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
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

    private static final String SEQUENCE =
            "The client's own number for this user and post, rising with each change of mind. An operation counts only if"
                    + " its number is higher than any before it, so a retry that comes late undoes nothing. Without one,"
                    + " the operation counts in the order of arrival.";

    private final Acceptance acceptance;
    private final KnownPosts posts;
    private final Likers likers;

    LikeController(Acceptance acceptance, KnownPosts posts, Likers likers) {
        this.acceptance = acceptance;
        this.posts = posts;
        this.likers = likers;
    }

    @PutMapping
    ResponseEntity<Accepted> like(
            @PathVariable PostId id,
            @RequestParam @Min(1) @Nullable @Parameter(description = SEQUENCE) Long seq,
            Caller caller) {
        return acceptance.acceptLike(id, caller, true, seq == null ? 0 : seq);
    }

    @DeleteMapping
    ResponseEntity<Accepted> unlike(
            @PathVariable PostId id,
            @RequestParam @Min(1) @Nullable @Parameter(description = SEQUENCE) Long seq,
            Caller caller) {
        return acceptance.acceptLike(id, caller, false, seq == null ? 0 : seq);
    }

    @GetMapping
    Liked liked(@PathVariable PostId id, Caller caller) {
        posts.require(id, caller);
        return new Liked(likers.has(id, caller.user()));
    }

    /** @param liked whether the caller's last applied operation on the post is a like */
    record Liked(boolean liked) {}
}
