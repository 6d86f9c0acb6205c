package spillway.monolith.post;

import java.util.List;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The table of comments. */
interface Comments extends Repository<Comment, Long> {

    Comment save(Comment comment);

    List<Comment> findByPostIdAndIdLessThanOrderByIdDesc(long postId, long before, Limit limit);

    @Modifying(flushAutomatically = true)
    @NativeQuery("update posts set comment_count = comment_count + 1 where id = ?1")
    void count(long postId);

    /** Stores and counts in one transaction; the post's row, which others wait for, is locked last. */
    @Transactional
    default Comment add(Comment comment) {
        try {
            Comment added = save(comment);
            count(comment.postId().value());
            return added;
        } catch (DataIntegrityViolationException noSuchPost) {
            throw new PostNotFound();
        }
    }
}
