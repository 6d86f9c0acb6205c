package spillway.content.comment;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import spillway.content.docs.Refuses;
import spillway.content.idempotency.IdempotencyKey;
import spillway.content.page.Cursor;
import spillway.content.page.Page;
import spillway.content.post.LivePosts;
import spillway.content.shard.Shards;
import spillway.platform.id.PostId;
import spillway.platform.problem.ProblemType;
import spillway.platform.security.Caller;

/** Comments over HTTP. */
@RestController
@Tag(name = "comments")
class CommentController {

    private static final int LIST_OF_POST = 3;

    private final Shards shards;
    private final LivePosts posts;
    private final Comments comments;
    private final AddComment add;

    CommentController(Shards shards, LivePosts posts, Comments comments, AddComment add) {
        this.shards = shards;
        this.posts = posts;
        this.comments = comments;
        this.add = add;
    }

    @Operation(summary = "Comment on a post; with an Idempotency-Key any number of sends make one")
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.IDEMPOTENCY_IN_FLIGHT,
        ProblemType.IDEMPOTENCY_MISMATCH,
        ProblemType.TOO_LARGE,
        ProblemType.UNSUPPORTED_MEDIA_TYPE
    })
    @PostMapping(path = "/v1/posts/{id}/comments", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Comment add(
            Caller caller,
            @PathVariable PostId id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable IdempotencyKey key,
            @Valid @RequestBody NewComment body) {
        return add.add(caller.user(), id, key, body);
    }

    @Operation(summary = "Comments of a post")
    @Refuses(ProblemType.NOT_FOUND)
    @GetMapping("/v1/posts/{id}/comments")
    Page<Comment> ofPost(
            @PathVariable PostId id,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Cursor list = Cursor.list(LIST_OF_POST, id.value());
        long before = list.before(cursor);
        List<Comment> found = shards.read(id.slot(), () -> {
            posts.require(id);
            return comments.ofPost(id.value(), before, Limit.of(limit + 1));
        });
        return Page.of(found, limit, list, Comment::getId, List.of());
    }
}
