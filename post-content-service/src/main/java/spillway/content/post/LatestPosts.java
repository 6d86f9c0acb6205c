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
import spillway.content.shard.Gathered;
import spillway.content.shard.Part;
import spillway.content.shard.Shards;
import spillway.content.shard.SlotSet;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/**
 * The latest posts of all shards. Of a page's posts each shard has about its share, so each is asked for little more than
 * that, and all of them for a whole page only when one had more: a page of 50 from 16 shards is read from 256 rows, not 816.
 */
@Component
class LatestPosts {

    /** More than its share that a shard is asked for. With posts spread at random, one page in millions needs more. */
    private static final int SPARE = 8;

    private final JdbcClient shard;
    private final Shards shards;

    LatestPosts(JdbcClient shard, Shards shards) {
        this.shard = shard;
        this.shards = shards;
    }

    /**
     * The latest posts with ids below {@code before}, newest first, at most {@code limit}; while a shard is missing its posts
     * are, too.
     */
    Gathered<Post> before(long before, int limit) {
        int share = Math.min(limit, 2 * Math.ceilDiv(limit, shards.numbers().size()) + SPARE);
        Gathered<List<Post>> gathered = ask(before, share);
        if (mayHideSome(gathered.answers(), share, limit)) {
            gathered = ask(before, limit);
        }
        return new Gathered<>(merged(gathered.answers(), limit), gathered.missing());
    }

    private Gathered<List<Post>> ask(long before, int limit) {
        return shards.readAll(() -> ofShard(before, limit));
    }

    /** Whether a shard that had as many as it was asked for may have more that belong to the page. */
    static boolean mayHideSome(List<List<Post>> answers, int asked, int limit) {
        if (asked == limit) {
            return false;
        }
        List<Post> page = merged(answers, limit);
        long oldest =
                page.size() < limit ? Long.MIN_VALUE : page.getLast().postId().value();
        return answers.stream()
                .anyMatch(answer ->
                        answer.size() == asked && answer.getLast().postId().value() > oldest);
    }

    /**
     * Of the slots that a shard owns, not of those it holds a copy of. Posts and the slots they are of come from one
     * statement, and so from one snapshot. The planner cannot know how many posts are of slots that the shard owns, and
     * takes them for few: it is made to walk down the ids and to stop in time.
     */
    private Part<List<Post>> ofShard(long before, int limit) {
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
    private static List<Post> merged(List<List<Post>> answers, int limit) {
        TreeMap<PostId, Post> newestFirst = new TreeMap<>(Comparator.reverseOrder());
        for (List<Post> answer : answers) {
            answer.forEach(post -> newestFirst.merge(
                    post.postId(), post, BinaryOperator.maxBy(Comparator.comparingLong(Post::version))));
        }
        return newestFirst.values().stream().limit(limit).toList();
    }
}
