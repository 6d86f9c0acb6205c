package spillway.monolith.engagement;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import spillway.monolith.post.PostNotFound;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/**
 * What users do to posts, each in one transaction: the distinct row first, then, if it is new, the count in the post's
 * row (invariant I2).
 *
 * <p>Two requests for one (post, user) are put in order by the primary key, so a repeated like counts once. The post's
 * row is locked last and every transaction locks in this order: the lock that all likers of a post queue for is held
 * for one update and a commit, and there is no deadlock.
 */
@Repository
class Engagements {

    private final JdbcClient database;

    Engagements(JdbcClient database) {
        this.database = database;
    }

    @Transactional
    public void like(PostId post, UserId user) {
        int added = ofExisting(
                () -> database.sql("insert into likes (post_id, user_id) values (?, ?) on conflict do nothing")
                        .params(post.value(), user.value())
                        .update());
        if (added == 1) {
            move("update posts set like_count = like_count + 1 where id = ?", post);
        }
    }

    @Transactional
    public void unlike(PostId post, UserId user) {
        int removed = database.sql("delete from likes where post_id = ? and user_id = ?")
                .params(post.value(), user.value())
                .update();
        if (removed == 1) {
            move("update posts set like_count = like_count - 1 where id = ?", post);
        } else {
            demand(post);
        }
    }

    public boolean likes(PostId post, UserId user) {
        boolean liked = exists(
                "select exists (select from likes where post_id = ? and user_id = ?)", post.value(), user.value());
        if (!liked) {
            demand(post);
        }
        return liked;
    }

    /** @param key when given, the same user's share of the same post with it counts once */
    @Transactional
    public void share(PostId post, UserId user, @Nullable String key) {
        int added = ofExisting(() -> database.sql("""
                        insert into shares (post_id, user_id, idempotency_key) values (?, ?, ?)
                        on conflict do nothing""")
                .param(post.value())
                .param(user.value())
                .param(key)
                .update());
        if (added == 1) {
            move("update posts set share_count = share_count + 1 where id = ?", post);
        }
    }

    @Transactional
    public void view(PostId post, UserId user) {
        int added = ofExisting(
                () -> database.sql("insert into viewers (post_id, user_id) values (?, ?) on conflict do nothing")
                        .params(post.value(), user.value())
                        .update());
        move(
                added == 1
                        ? "update posts set view_count = view_count + 1, viewer_count = viewer_count + 1 where id = ?"
                        : "update posts set view_count = view_count + 1 where id = ?",
                post);
    }

    /** The foreign key knows whether there is such a post. */
    private static int ofExisting(IntSupplier insert) {
        try {
            return insert.getAsInt();
        } catch (DataIntegrityViolationException noSuchPost) {
            throw new PostNotFound();
        }
    }

    private void move(String count, PostId post) {
        database.sql(count).param(post.value()).update();
    }

    private void demand(PostId post) {
        if (!exists("select exists (select from posts where id = ?)", post.value())) {
            throw new PostNotFound();
        }
    }

    private boolean exists(String query, Object... params) {
        return database.sql(query).params(params).query(Boolean.class).single();
    }
}
