package spillway.monolith.engagement;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import spillway.platform.id.PostId;
import spillway.platform.security.Caller;
import spillway.platform.text.PlainText;

/** Likes, shares and views over HTTP. */
@RestController
@RequestMapping("/v1/posts/{post}")
class EngagementController {

    private final Engagements engagements;

    EngagementController(Engagements engagements) {
        this.engagements = engagements;
    }

    @PutMapping("/like")
    ResponseEntity<Receipt> like(Caller caller, @PathVariable PostId post) {
        engagements.like(post, caller.user());
        return Receipt.answer();
    }

    @DeleteMapping("/like")
    ResponseEntity<Receipt> unlike(Caller caller, @PathVariable PostId post) {
        engagements.unlike(post, caller.user());
        return Receipt.answer();
    }

    @GetMapping("/like")
    Liked liked(Caller caller, @PathVariable PostId post) {
        return new Liked(engagements.likes(post, caller.user()));
    }

    @PostMapping("/shares")
    ResponseEntity<Receipt> share(
            Caller caller,
            @PathVariable PostId post,
            @RequestHeader(name = "Idempotency-Key", required = false) @PlainText(max = 255) @Nullable String key) {
        engagements.share(post, caller.user(), key);
        return Receipt.answer();
    }

    @PostMapping("/views")
    ResponseEntity<Void> view(Caller caller, @PathVariable PostId post) {
        engagements.view(post, caller.user());
        return ResponseEntity.accepted().build();
    }

    /** Whether the caller likes the post. */
    record Liked(boolean liked) {}
}
