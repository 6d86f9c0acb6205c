package spillway.content.idempotency;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import spillway.platform.id.Hash64;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/**
 * The shard's record of which Idempotency-Key made what, written in the transaction that makes it.
 *
 * <p>A key is claimed under an advisory lock of (user, key), held to the end of the transaction. Whoever does not get the
 * lock does not wait: either the row is there already, or another send is being worked on at this moment. Two keys whose
 * locks collide in 64 bits only see each other as in flight.
 */
@Repository
public class IdempotencyKeys {

    private final JdbcClient shard;

    IdempotencyKeys(JdbcClient shard) {
        this.shard = shard;
    }

    /**
     * Claims the key for what is about to be made, within the caller's transaction.
     *
     * @param id of what will be made if the key is new
     * @return {@code id} when the key is new, else the id of what the key made before
     * @throws KeyInFlight when another transaction works on the key
     * @throws KeyMismatch when the key was used for something else
     */
    public PostId claim(UserId user, IdempotencyKey key, Fingerprint fingerprint, PostId id) {
        int claimed = shard.sql("""
                        INSERT INTO idempotency_key (user_id, key, fingerprint, created_id)
                        SELECT :user, :key, :fingerprint, :id WHERE pg_try_advisory_xact_lock(:lock)
                        ON CONFLICT DO NOTHING""")
                .param("user", user.value())
                .param("key", key.value())
                .param("fingerprint", fingerprint.toBytes())
                .param("id", id.value())
                .param("lock", lock(user, key))
                .update();
        if (claimed == 1) {
            return id;
        }
        Use before = find(user, key).orElseThrow(KeyInFlight::new);
        if (!fingerprint.equals(before.fingerprint())) {
            throw new KeyMismatch();
        }
        return before.created();
    }

    private Optional<Use> find(UserId user, IdempotencyKey key) {
        return shard.sql("SELECT fingerprint, created_id FROM idempotency_key WHERE user_id = :user AND key = :key")
                .param("user", user.value())
                .param("key", key.value())
                .query((row, n) ->
                        new Use(Fingerprint.stored(row.getBytes("fingerprint")), new PostId(row.getLong("created_id"))))
                .optional();
    }

    private static long lock(UserId user, IdempotencyKey key) {
        long hash = user.value();
        for (char c : key.value().toCharArray()) {
            hash = Hash64.mix(hash, c);
        }
        return hash;
    }

    private record Use(Fingerprint fingerprint, PostId created) {}
}
