package spillway.content.post;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import spillway.content.outbox.Outbox;
import spillway.content.shard.MirrorLog;
import spillway.content.shard.Shards;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/**
 * Edits and deletes. The post is read under a lock to say why a change is refused; owner and version are checked once more
 * by the update itself, where the row is changed (invariant I9).
 */
@Component
class ChangePost {

    private static final String[] NO_URLS = {};

    private final Shards shards;
    private final Posts posts;
    private final Outbox outbox;
    private final PostEvents events;
    private final MirrorLog mirror;

    ChangePost(Shards shards, Posts posts, Outbox outbox, PostEvents events, MirrorLog mirror) {
        this.mirror = mirror;
        this.shards = shards;
        this.posts = posts;
        this.outbox = outbox;
        this.events = events;
    }

    Post edit(UserId caller, PostId id, IfMatch ifMatch, PostChange change) {
        return shards.write(id.slot(), () -> {
            Post before = changeable(caller, id, ifMatch);
            Post after = before.changed(change);
            String[] mediaUrls = after.mediaUrls().toArray(String[]::new);
            requireOne(posts.edit(id.value(), caller.value(), before.version(), after.content(), mediaUrls));
            mirror.posts(List.of(id));
            outbox.append(events.edited(after));
            return after;
        });
    }

    void delete(UserId caller, PostId id, @Nullable IfMatch ifMatch) {
        shards.write(id.slot(), () -> {
            Post before = changeable(caller, id, ifMatch);
            requireOne(posts.bury(id.value(), caller.value(), before.version(), NO_URLS));
            mirror.posts(List.of(id));
            outbox.append(events.deleted(before));
            return before;
        });
    }

    private Post changeable(UserId caller, PostId id, @Nullable IfMatch ifMatch) {
        Post post = posts.findToChange(id.value()).orElseThrow(PostNotFound::new);
        if (!post.author().equals(caller)) {
            throw new NotTheAuthor();
        }
        if (ifMatch != null && !ifMatch.allows(post.version())) {
            throw new VersionConflict();
        }
        return post;
    }

    private static void requireOne(int changed) {
        if (changed != 1) {
            throw new VersionConflict();
        }
    }
}
