package spillway.content.post;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import spillway.content.docs.Refuses;
import spillway.content.idempotency.IdempotencyKey;
import spillway.content.page.Cursor;
import spillway.content.page.Page;
import spillway.content.shard.Gathered;
import spillway.content.shard.Shards;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;
import spillway.platform.problem.ProblemType;
import spillway.platform.security.Caller;

/** Posts over HTTP. */
@RestController
@Tag(name = "posts")
class PostController {

    private static final int LIST_OF_USER = 1;
    /** May be kept, and is asked about with If-None-Match before each use. */
    private static final CacheControl REVALIDATE = CacheControl.noCache().cachePrivate();

    private static final Cursor LATEST = Cursor.list(2, 0);

    private final Shards shards;
    private final Posts posts;
    private final LatestPosts latest;
    private final PublishPost publish;
    private final ChangePost change;

    PostController(Shards shards, Posts posts, LatestPosts latest, PublishPost publish, ChangePost change) {
        this.shards = shards;
        this.posts = posts;
        this.latest = latest;
        this.publish = publish;
        this.change = change;
    }

    @Operation(summary = "Publish a post; with an Idempotency-Key any number of sends make one")
    @ApiResponse(responseCode = "201", description = "Stored; Location and ETag name it")
    @Refuses({
        ProblemType.IDEMPOTENCY_IN_FLIGHT,
        ProblemType.IDEMPOTENCY_MISMATCH,
        ProblemType.TOO_LARGE,
        ProblemType.UNSUPPORTED_MEDIA_TYPE
    })
    @PostMapping(path = "/v1/posts", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Post> publish(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable IdempotencyKey key,
            @Valid @RequestBody NewPost body) {
        Post post = publish.publish(caller.user(), key, body);
        return ResponseEntity.created(URI.create("/v1/posts/" + post.postId()))
                .eTag(eTag(post))
                .body(post);
    }

    @Operation(summary = "Read a post; its version is the ETag")
    @Refuses(ProblemType.NOT_FOUND)
    @GetMapping("/v1/posts/{id}")
    ResponseEntity<Post> read(@PathVariable PostId id) {
        Post post = shards.read(id.slot(), () -> posts.find(id.value())).orElseThrow(PostNotFound::new);
        return ResponseEntity.ok().cacheControl(REVALIDATE).eTag(eTag(post)).body(post);
    }

    @Operation(summary = "Change the own post; If-Match names the version to start from")
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.FORBIDDEN,
        ProblemType.VERSION_CONFLICT,
        ProblemType.PRECONDITION_REQUIRED
    })
    @PatchMapping(path = "/v1/posts/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Post> edit(
            Caller caller,
            @PathVariable PostId id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody PostChange body) {
        if (ifMatch == null) {
            throw new IfMatchNeeded();
        }
        Post post = change.edit(caller.user(), id, new IfMatch(ifMatch), body);
        return ResponseEntity.ok().eTag(eTag(post)).body(post);
    }

    @Operation(summary = "Delete the own post")
    @ApiResponse(responseCode = "204", description = "Deleted")
    @Refuses({ProblemType.NOT_FOUND, ProblemType.FORBIDDEN, ProblemType.VERSION_CONFLICT})
    @DeleteMapping("/v1/posts/{id}")
    ResponseEntity<Void> delete(
            Caller caller,
            @PathVariable PostId id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        change.delete(caller.user(), id, ifMatch == null ? null : new IfMatch(ifMatch));
        return ResponseEntity.noContent().build();
    }

    @Operation(summary = "Posts of a user")
    @GetMapping("/v1/users/{id}/posts")
    Page<Post> ofUser(
            @PathVariable UserId id,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Cursor list = Cursor.list(LIST_OF_USER, id.value());
        long before = list.before(cursor);
        List<Post> found = shards.read(id.slot(), () -> posts.ofUser(id.value(), before, Limit.of(limit + 1)));
        return Page.of(found, limit, list, Post::getId, List.of());
    }

    /** The latest of all shards; while one is missing its posts are, and a cursor taken meanwhile goes past them. */
    @Operation(summary = "The latest posts of all users; incomplete names shards that did not answer in time")
    @GetMapping("/v1/posts")
    Page<Post> latest(
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        long before = LATEST.before(cursor);
        Gathered<Post> found = latest.before(before, limit + 1);
        return Page.of(found.answers(), limit, LATEST, Post::getId, found.missing());
    }

    private static String eTag(Post post) {
        return "\"" + post.version() + "\"";
    }
}
