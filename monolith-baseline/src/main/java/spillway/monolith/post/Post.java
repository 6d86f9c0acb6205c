package spillway.monolith.post;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/** A post's content; its counters live in the same row, but only SQL moves them. */
@Entity
@Immutable
@Table(name = "posts")
@JsonPropertyOrder({"id", "userId", "content", "mediaUrls", "createdAt", "version"})
class Post {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "post_ids")
    @SequenceGenerator(name = "post_ids", sequenceName = "post_ids", allocationSize = 50)
    private @Nullable Long id;

    private long userId;
    private String content;
    private List<String> mediaUrls;
    private Instant createdAt;

    @Column
    private @Nullable String idempotencyKey;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init") // It fills the fields itself.
    protected Post() {}

    Post(UserId author, NewPost post, @Nullable String idempotencyKey, Instant createdAt) {
        this.userId = author.value();
        this.content = post.content();
        this.mediaUrls = post.mediaUrls();
        this.createdAt = createdAt;
        this.idempotencyKey = idempotencyKey;
    }

    @JsonProperty
    PostId id() {
        if (id == null) {
            throw new IllegalStateException("a post has an id once it is stored");
        }
        return new PostId(id);
    }

    @JsonProperty
    UserId userId() {
        return new UserId(userId);
    }

    @JsonProperty
    String content() {
        return content;
    }

    @JsonProperty
    List<String> mediaUrls() {
        return mediaUrls;
    }

    @JsonProperty
    Instant createdAt() {
        return createdAt;
    }

    /** Always the first: the baseline has no edits. */
    @JsonProperty
    long version() {
        return 1;
    }

    boolean says(NewPost post) {
        return content.equals(post.content()) && mediaUrls.equals(post.mediaUrls());
    }
}
