package spillway.content.post;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Posts of the current shard; tombstones are never seen. */
interface Posts extends Repository<Post, Long> {

    List<Post> saveAll(Iterable<Post> posts);

    @Query("select p from Post p where p.id = :id and not p.deleted")
    Optional<Post> find(long id);

    /** Holds the post as it is until the transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_READ)
    @Query("select p from Post p where p.id = :id and not p.deleted")
    Optional<Post> findToRelyOn(long id);

    /** Holds the post for a change by this transaction alone. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select p from Post p where p.id = :id and not p.deleted")
    Optional<Post> findToChange(long id);

    @Query("select p from Post p where p.userId = :user and p.id < :before and not p.deleted order by p.id desc")
    List<Post> ofUser(long user, long before, Limit limit);

    /** Changes this version of the owner's post; returns 0 when it is another's or has moved on. */
    @Modifying
    @Query("""
            update Post p set p.content = :content, p.mediaUrls = :mediaUrls, p.version = p.version + 1
            where p.id = :id and p.userId = :owner and p.version = :version and not p.deleted""")
    int edit(long id, long owner, long version, String content, String[] mediaUrls);

    /** Leaves a tombstone for this version of the owner's post; returns 0 when it is another's or has moved on. */
    @Modifying
    @Query("""
            update Post p set p.deleted = true, p.content = '', p.mediaUrls = :noUrls, p.version = p.version + 1
            where p.id = :id and p.userId = :owner and p.version = :version and not p.deleted""")
    int bury(long id, long owner, long version, String[] noUrls);
}
