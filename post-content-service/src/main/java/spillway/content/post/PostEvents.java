package spillway.content.post;

import java.time.Clock;
import org.springframework.stereotype.Component;
import spillway.content.id.PostIds;
import spillway.events.v1.PostCreated;
import spillway.events.v1.PostDeleted;
import spillway.events.v1.PostEdited;
import spillway.events.v1.PostEvent;

/** What is told to others about a post. */
@Component
class PostEvents {

    private final PostIds ids;
    private final Clock clock;

    PostEvents(PostIds ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    PostEvent created(Post post) {
        return about(post)
                .setOccurredAtMillis(post.createdAt().toEpochMilli())
                .setVersion(post.version())
                .setPostCreated(
                        PostCreated.newBuilder().setContent(post.content()).addAllMediaUrls(post.mediaUrls()))
                .build();
    }

    PostEvent edited(Post post) {
        return about(post)
                .setVersion(post.version())
                .setPostEdited(
                        PostEdited.newBuilder().setContent(post.content()).addAllMediaUrls(post.mediaUrls()))
                .build();
    }

    /** The tombstone's version is one past the last version of the post. */
    PostEvent deleted(Post last) {
        return about(last)
                .setVersion(last.version() + 1)
                .setPostDeleted(PostDeleted.getDefaultInstance())
                .build();
    }

    private PostEvent.Builder about(Post post) {
        return PostEvent.newBuilder()
                .setEventId(ids.next(post.postId().slot()).value())
                .setPostId(post.postId().value())
                .setUserId(post.author().value())
                .setOccurredAtMillis(clock.millis());
    }
}
