package spillway.content.comment;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Comments of the current shard. */
interface Comments extends Repository<Comment, Long> {

    List<Comment> saveAll(Iterable<Comment> comments);

    @Query("select c from Comment c where c.postId = :post and c.id < :before order by c.id desc")
    List<Comment> ofPost(long post, long before, Limit limit);
}
