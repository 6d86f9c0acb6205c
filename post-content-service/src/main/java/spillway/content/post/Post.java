package spillway.content.post;

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
import java.util.List;
import org.springframework.data.domain.Persistable;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/** A post, as stored and, in the properties named here and no others, as shown. */
@Entity
@Table(name = "post")
@JsonAutoDetect(
        fieldVisibility = Visibility.NONE,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
@JsonPropertyOrder({"id", "userId", "content", "mediaUrls", "createdAt", "version"})
class Post implements Persistable<Long> {

    @Id
    private long id;

    private long userId;
    private String content;
    private String[] mediaUrls;
    private long version;

    /** Only queries read it: no tombstone is ever loaded. */
    @SuppressWarnings("UnusedVariable")
    private boolean deleted;

    /** Ids are assigned here, so only this tells Spring Data to insert without a select before. */
    @Transient
    private boolean stored;

    /** For Hibernate. */
    protected Post() {
        content = "";
        mediaUrls = new String[0];
    }

    private Post(PostId id, UserId author, String content, List<String> mediaUrls, long version) {
        this.id = id.value();
        this.userId = author.value();
        this.content = content;
        this.mediaUrls = mediaUrls.toArray(String[]::new);
        this.version = version;
    }

    /** A post in its first version. */
    static Post first(PostId id, UserId author, NewPost body) {
        return new Post(id, author, body.content(), body.mediaUrls(), 1);
    }

    /** A post as read without JPA. */
    static Post read(PostId id, UserId author, String content, String[] mediaUrls, long version) {
        return new Post(id, author, content, List.of(mediaUrls), version);
    }

    /** The next version of this post, with what the change names. */
    Post changed(PostChange change) {
        String newContent = change.content();
        List<String> newUrls = change.mediaUrls();
        return new Post(
                postId(),
                author(),
                newContent == null ? content : newContent,
                newUrls == null ? mediaUrls() : newUrls,
                version + 1);
    }

    @JsonProperty("id")
    PostId postId() {
        return new PostId(id);
    }

    @JsonProperty("userId")
    UserId author() {
        return new UserId(userId);
    }

    @JsonProperty("content")
    String content() {
        return content;
    }

    @JsonProperty("mediaUrls")
    List<String> mediaUrls() {
        return List.of(mediaUrls);
    }

    @JsonProperty("createdAt")
    Instant createdAt() {
        return postId().createdAt();
    }

    @JsonProperty("version")
    long version() {
        return version;
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
