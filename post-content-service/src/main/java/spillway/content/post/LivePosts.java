package spillway.content.post;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import spillway.platform.id.PostId;

/** Whether a post is there, for what hangs on it. Called within a transaction on the post's shard. */
@Component
public class LivePosts {

    private final Posts posts;
    private final JdbcClient shard;

    LivePosts(Posts posts, JdbcClient shard) {
        this.posts = posts;
        this.shard = shard;
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
     * The versions of those that are there and that nobody is changing, held as {@link #hold} does, and no others: who has to
     * know why one is missing holds it alone.
     */
    public Map<PostId, Long> holdFree(Collection<PostId> ids) {
        Map<PostId, Long> versions = new HashMap<>();
        shard.sql("SELECT id, version FROM post WHERE id = ANY (:ids) AND NOT deleted FOR SHARE SKIP LOCKED")
                .param("ids", ids.stream().mapToLong(PostId::value).toArray())
                .query(row -> {
                    versions.put(new PostId(row.getLong("id")), row.getLong("version"));
                });
        return versions;
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
