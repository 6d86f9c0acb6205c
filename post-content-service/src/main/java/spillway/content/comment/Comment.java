package spillway.content.comment;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import org.springframework.data.domain.Persistable;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/** A comment, as stored and, in the properties named here and no others, as shown. Its id carries the post's slot. */
@Entity
@Table(name = "comment")
@JsonAutoDetect(
        fieldVisibility = Visibility.NONE,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
@JsonPropertyOrder({"id", "postId", "userId", "content", "createdAt"})
class Comment implements Persistable<Long> {

    @Id
    private long id;

    private long postId;
    private long userId;
    private String content;

    /** Ids are assigned here, so only this tells Spring Data to insert without a select before. */
    @Transient
    private boolean stored;

    /** For Hibernate. */
    protected Comment() {
        content = "";
    }

    Comment(PostId id, PostId post, UserId author, String content) {
        this.id = id.value();
        this.postId = post.value();
        this.userId = author.value();
        this.content = content;
    }

    @JsonProperty("id")
    PostId commentId() {
        return new PostId(id);
    }

    @JsonProperty("postId")
    PostId post() {
        return new PostId(postId);
    }

    @JsonProperty("userId")
    UserId author() {
        return new UserId(userId);
    }

    @JsonProperty("content")
    String content() {
        return content;
    }

    @JsonProperty("createdAt")
    Instant createdAt() {
        return commentId().createdAt();
    }

    @Override
    public Long getId() {
        return id;
    }

    @Override
    public boolean isNew() {
        return !stored;
    }

    @PostLoad
    @PostPersist
    void markStored() {
        stored = true;
    }
}
