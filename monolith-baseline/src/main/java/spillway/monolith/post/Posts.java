package spillway.monolith.post;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

/** The table of posts. */
interface Posts extends Repository<Post, Long> {

    Post save(Post post);

    Optional<Post> findById(long id);

    boolean existsById(long id);

    Optional<Post> findByUserIdAndIdempotencyKey(long userId, String idempotencyKey);

    List<Post> findByUserIdAndIdLessThanOrderByIdDesc(long userId, long before, Limit limit);

    List<Post> findByIdLessThanOrderByIdDesc(long before, Limit limit);
}
