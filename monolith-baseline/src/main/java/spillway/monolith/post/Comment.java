package spillway.monolith.post;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/** A comment on a post. */
@Entity
@Immutable
@Table(name = "comments")
@JsonPropertyOrder({"id", "postId", "userId", "content", "createdAt"})
class Comment {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "comment_ids")
    @SequenceGenerator(name = "comment_ids", sequenceName = "comment_ids", allocationSize = 50)
    private @Nullable Long id;

    private long postId;
    private long userId;
    private String content;
    private Instant createdAt;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init") // It fills the fields itself.
    protected Comment() {}

    Comment(PostId post, UserId author, String content, Instant createdAt) {
        this.postId = post.value();
        this.userId = author.value();
        this.content = content;
        this.createdAt = createdAt;
    }

    @JsonProperty
    PostId id() {
        if (id == null) {
            throw new IllegalStateException("a comment has an id once it is stored");
        }
        return new PostId(id);
    }

    @JsonProperty
    PostId postId() {
        return new PostId(postId);
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
    Instant createdAt() {
        return createdAt;
    }
}
