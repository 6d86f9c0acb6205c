package spillway.monolith.post;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import spillway.monolith.paging.Cursor;
import spillway.monolith.paging.Page;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;
import spillway.platform.security.Caller;
import spillway.platform.text.PlainText;

/** Writing and reading posts over HTTP. */
@RestController
class PostController {

    private final Posts posts;
    private final InstantSource clock;

    PostController(Posts posts, InstantSource clock) {
        this.posts = posts;
        this.clock = clock;
    }

    @PostMapping("/v1/posts")
    ResponseEntity<Post> create(
            Caller caller,
            @RequestBody @Valid NewPost post,
            @RequestHeader(name = "Idempotency-Key", required = false) @PlainText(max = 255) @Nullable String key) {
        Post stored = stored(caller.user(), post, key);
        return ResponseEntity.created(URI.create("/v1/posts/" + stored.id()))
                .eTag(Long.toString(stored.version()))
                .body(stored);
    }

    @GetMapping("/v1/posts/{id}")
    ResponseEntity<Post> read(@PathVariable PostId id) {
        Post post = posts.findById(id.value()).orElseThrow(PostNotFound::new);
        return ResponseEntity.ok().eTag(Long.toString(post.version())).body(post);
    }

    @GetMapping("/v1/posts")
    Page<Post> latest(
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
            @RequestParam(required = false) @Nullable Cursor cursor) {
        return Page.of(
                posts.findByIdLessThanOrderByIdDesc(start(cursor).before(), Limit.of(limit + 1)),
                limit,
                post -> post.id().value());
    }

    @GetMapping("/v1/users/{user}/posts")
    Page<Post> ofUser(
            @PathVariable UserId user,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
            @RequestParam(required = false) @Nullable Cursor cursor) {
        return Page.of(
                posts.findByUserIdAndIdLessThanOrderByIdDesc(
                        user.value(), start(cursor).before(), Limit.of(limit + 1)),
                limit,
                post -> post.id().value());
    }

    /** Stores the post, or finds the one that the same key stored before: the index on keys decides who was first. */
    private Post stored(UserId author, NewPost post, @Nullable String key) {
        try {
            return posts.save(new Post(author, post, key, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        } catch (DataIntegrityViolationException taken) {
            if (key == null) {
                throw taken;
            }
            Post earlier =
                    posts.findByUserIdAndIdempotencyKey(author.value(), key).orElseThrow(() -> taken);
            if (!earlier.says(post)) {
                throw new OtherBodySameKey();
            }
            return earlier;
        }
    }

    private static Cursor start(@Nullable Cursor cursor) {
        return cursor == null ? Cursor.START : cursor;
    }
}
