package spillway.content.post;

import org.springframework.stereotype.Component;
import spillway.platform.id.PostId;

/** Whether a post is there, for what hangs on it. Called within a transaction on the post's shard. */
@Component
public class LivePosts {

    private final Posts posts;

    LivePosts(Posts posts) {
        this.posts = posts;
    }

    /**
     * The post's version, which stays until the transaction ends: nothing is added to a post while it is deleted.
     *
     * @throws PostNotFound when there is no such post, or no longer
     */
    public long hold(PostId id) {
        return posts.findToRelyOn(id.value()).orElseThrow(PostNotFound::new).version();
    }

    /**
     * Lets reads of deleted or unknown posts end.
     *
     * @throws PostNotFound when there is no such post, or no longer
     */
    public void require(PostId id) {
        if (posts.find(id.value()).isEmpty()) {
            throw new PostNotFound();
        }
    }
}
