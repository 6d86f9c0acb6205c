package spillway.content.post;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import spillway.content.shard.Part;
import spillway.content.shard.SlotSet;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/** The latest posts of the slots that a shard owns, not of those it holds a copy of. */
@Component
class LatestPosts {

    private final JdbcClient shard;

    LatestPosts(JdbcClient shard) {
        this.shard = shard;
    }

    /**
     * Posts and the slots they are of come from one statement, and so from one snapshot. The planner cannot know how many
     * posts are of slots that the shard owns, and takes them for few: it is made to walk down the ids and to stop in time.
     */
    Part<List<Post>> ofShard(long before, int limit) {
        return shard.sql("""
                        WITH owned AS MATERIALIZED (SELECT slots FROM ownership)
                        SELECT slots::text AS owned, NULL::bigint AS id, NULL::bigint AS user_id, NULL AS content,
                            NULL::text[] AS media_urls, NULL::bigint AS version FROM owned
                        UNION ALL
                        SELECT NULL, p.* FROM owned, LATERAL (
                            SELECT * FROM (
                                SELECT id, user_id, content, media_urls, version FROM post
                                WHERE id < :before AND NOT deleted ORDER BY id DESC OFFSET 0) latest
                            WHERE owned.slots @> slot_of(latest.id) ORDER BY id DESC LIMIT %d) p""".formatted(limit)).param("before", before).query(LatestPosts::part);
    }

    private static Part<List<Post>> part(ResultSet rows) throws SQLException {
        SlotSet owned = SlotSet.NONE;
        List<Post> posts = new ArrayList<>();
        while (rows.next()) {
            // Once, and not in every row: the slots of a shard that took part in reshards are hundreds of ranges.
            String slots = rows.getString("owned");
            if (slots == null) {
                posts.add(post(rows.getLong("id"), rows));
            } else {
                owned = SlotSet.parse(slots);
            }
        }
        return new Part<>(owned, posts);
    }

    private static Post post(long id, ResultSet row) throws SQLException {
        return Post.read(
                new PostId(id),
                new UserId(row.getLong("user_id")),
                row.getString("content"),
                (String[]) row.getArray("media_urls").getArray(),
                row.getLong("version"));
    }

    /** The first of all answers, each post once: of one that changed its owner meanwhile, the newer version. */
    static List<Post> merged(List<List<Post>> answers, int limit) {
        TreeMap<PostId, Post> newestFirst = new TreeMap<>(Comparator.reverseOrder());
        for (List<Post> answer : answers) {
            answer.forEach(post -> newestFirst.merge(
                    post.postId(), post, BinaryOperator.maxBy(Comparator.comparingLong(Post::version))));
        }
        return newestFirst.values().stream().limit(limit).toList();
    }
}
