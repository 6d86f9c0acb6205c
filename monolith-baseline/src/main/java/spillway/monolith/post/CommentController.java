package spillway.monolith.post;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import spillway.monolith.paging.Cursor;
import spillway.monolith.paging.Page;
import spillway.platform.id.PostId;
import spillway.platform.security.Caller;
import spillway.platform.text.PlainText;

/** Writing and reading comments over HTTP. */
@RestController
@RequestMapping("/v1/posts/{post}/comments")
class CommentController {

    private final Comments comments;
    private final Posts posts;
    private final InstantSource clock;

    CommentController(Comments comments, Posts posts, InstantSource clock) {
        this.comments = comments;
        this.posts = posts;
        this.clock = clock;
    }

    @PostMapping
    ResponseEntity<Comment> add(Caller caller, @PathVariable PostId post, @RequestBody @Valid NewComment body) {
        Comment added = comments.add(
                new Comment(post, caller.user(), body.content(), clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        return ResponseEntity.status(HttpStatus.CREATED).body(added);
    }

    @GetMapping
    Page<Comment> list(
            @PathVariable PostId post,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
            @RequestParam(required = false) @Nullable Cursor cursor) {
        Cursor start = cursor == null ? Cursor.START : cursor;
        List<Comment> found =
                comments.findByPostIdAndIdLessThanOrderByIdDesc(post.value(), start.before(), Limit.of(limit + 1));
        if (found.isEmpty() && !posts.existsById(post.value())) {
            throw new PostNotFound();
        }
        return Page.of(found, limit, comment -> comment.id().value());
    }

    /** What a commenter sends. */
    record NewComment(@NotNull @PlainText(max = 2000) String content) {}
}
