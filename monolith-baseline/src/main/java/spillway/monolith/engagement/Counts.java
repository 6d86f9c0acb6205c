package spillway.monolith.engagement;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import spillway.platform.id.PostId;

/** Reads the counters in the posts' rows. */
@Repository
class Counts {

    private final JdbcClient database;
    private final InstantSource clock;

    Counts(JdbcClient database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The metrics of those posts that exist, in no order. */
    List<PostMetrics> of(Collection<PostId> posts) {
        Instant now = clock.instant();
        Long[] ids = posts.stream().map(PostId::value).toArray(Long[]::new);
        return database.sql("""
                        select id, like_count, comment_count, share_count, view_count, viewer_count
                        from posts where id = any(?)""")
                .param(ids)
                .query((row, index) -> new PostMetrics(
                        new PostId(row.getLong("id")),
                        new PostMetrics.Exact(row.getLong("like_count"), now),
                        new PostMetrics.Exact(row.getLong("comment_count"), now),
                        new PostMetrics.Exact(row.getLong("share_count"), now),
                        new PostMetrics.Estimate(row.getLong("view_count"), now),
                        new PostMetrics.Estimate(row.getLong("viewer_count"), now)))
                .list();
    }
}
