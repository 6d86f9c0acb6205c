package spillway.content.idempotency;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import spillway.content.insert.Outcome;
import spillway.content.insert.Outcome.Done;
import spillway.content.insert.Outcome.Refused;
import spillway.content.shard.MirrorLog;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;
import spillway.platform.id.UserId;

/**
 * The shard's record of which Idempotency-Key made what, written in the transaction that makes it.
 *
 * <p>A key is claimed under an advisory lock of (user, key), held to the end of the transaction. Whoever does not get the
 * lock does not wait: either the row is there already, or another send is being worked on at this moment. Two keys whose
 * locks collide in 64 bits only see each other as in flight.
 *
 * <p>Claims of one key in one transaction follow the first of them: with its fingerprint they made what it makes, with
 * another one they are a mismatch. None of them is in flight, since all learn what the commit brings.
 */
@Repository
public class IdempotencyKeys {

    private final JdbcClient shard;
    private final MirrorLog mirror;

    IdempotencyKeys(JdbcClient shard, MirrorLog mirror) {
        this.shard = shard;
        this.mirror = mirror;
    }

    /**
     * Claims a key for what is about to be made, within the caller's transaction.
     *
     * @return the claim's id when the key is new, else the id of what the key made before
     * @throws KeyInFlight when another transaction works on the key
     * @throws KeyMismatch when the key was used for something else
     */
    public PostId claim(Claim claim) {
        return claimAll(List.of(claim)).getFirst().orThrow();
    }

    /** The same for several, each answered at its own index. */
    public List<Outcome<PostId>> claimAll(List<Claim> claims) {
        if (claims.isEmpty()) {
            return List.of();
        }
        Map<Claim.Owned, Claim> firsts = new LinkedHashMap<>();
        claims.forEach(claim -> firsts.putIfAbsent(claim.owned(), claim));
        Set<Long> made = insert(firsts.values());
        mirror.keys(
                firsts.values().stream()
                        .filter(claim -> made.contains(claim.id().value()))
                        .toList(),
                claim -> claim.id().slot(),
                claim -> claim.user().value(),
                claim -> claim.key().value());
        Map<Claim.Owned, Use> uses = new HashMap<>();
        firsts.forEach((owned, claim) -> {
            if (made.contains(claim.id().value())) {
                uses.put(owned, new Use(claim.fingerprint(), claim.id()));
            }
        });
        if (made.size() < firsts.size()) {
            findInto(uses, firsts.values());
        }
        return claims.stream()
                .map(claim -> outcome(claim, uses.get(claim.owned())))
                .toList();
    }

    /**
     * Claims the keys of drafts within the caller's transaction: each is answered, at its own index, with its own id when it is
     * to be made, with the id of what its key made before, or with why it is refused.
     *
     * @param refusal why a draft is refused whatever its key says, and the key stays unclaimed; empty when it is not
     */
    public <D extends Draft> List<Outcome<PostId>> claimAll(
            List<D> drafts, Function<D, Optional<? extends RuntimeException>> refusal) {
        List<Optional<? extends RuntimeException>> refusals = new ArrayList<>();
        List<Claim> claims = new ArrayList<>();
        for (D draft : drafts) {
            Optional<? extends RuntimeException> refused = refusal.apply(draft);
            refusals.add(refused);
            Claim claim = draft.claim();
            if (refused.isEmpty() && claim != null) {
                claims.add(claim);
            }
        }
        Iterator<Outcome<PostId>> answers = claimAll(claims).iterator();
        List<Outcome<PostId>> outcomes = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            D draft = drafts.get(i);
            if (refusals.get(i).isPresent()) {
                outcomes.add(new Refused<>(refusals.get(i).get()));
            } else {
                outcomes.add(draft.claim() == null ? new Done<>(draft.id()) : answers.next());
            }
        }
        return outcomes;
    }

    /** Those of the drafts that are to be made, by what {@link #claimAll(List, Function)} answered. */
    public static <D extends Draft> List<D> fresh(List<D> drafts, List<Outcome<PostId>> outcomes) {
        return IntStream.range(0, drafts.size())
                .filter(i -> outcomes.get(i).equals(new Done<>(drafts.get(i).id())))
                .mapToObj(drafts::get)
                .toList();
    }

    private static Outcome<PostId> outcome(Claim claim, @Nullable Use use) {
        if (use == null) {
            return new Refused<>(new KeyInFlight());
        }
        return use.fingerprint().equals(claim.fingerprint())
                ? new Done<>(use.created())
                : new Refused<>(new KeyMismatch());
    }

    /** The ids of the claims whose keys were new. */
    private Set<Long> insert(Collection<Claim> claims) {
        return new HashSet<>(shard.sql("""
                        INSERT INTO idempotency_key (user_id, key, fingerprint, created_id)
                        SELECT user_id, key, fingerprint, created_id
                        FROM unnest(:users, :keys, :fingerprints, :ids, :locks)
                            AS claim (user_id, key, fingerprint, created_id, lock)
                        WHERE pg_try_advisory_xact_lock(lock)
                        ON CONFLICT DO NOTHING
                        RETURNING created_id""")
                .param("users", users(claims))
                .param("keys", keys(claims))
                .param(
                        "fingerprints",
                        claims.stream()
                                .map(claim -> claim.fingerprint().toBytes())
                                .toArray(byte[][]::new))
                .param(
                        "ids",
                        claims.stream().mapToLong(claim -> claim.id().value()).toArray())
                .param("locks", claims.stream().mapToLong(Claim::lock).toArray())
                .query(Long.class)
                .list());
    }

    private void findInto(Map<Claim.Owned, Use> uses, Collection<Claim> claims) {
        shard.sql("""
                        SELECT slot, user_id, key, fingerprint, created_id FROM idempotency_key
                        JOIN unnest(:slots, :users, :keys) AS claim (slot, user_id, key) USING (slot, user_id, key)""")
                .param(
                        "slots",
                        claims.stream()
                                .mapToInt(claim -> claim.id().slot().number())
                                .toArray())
                .param("users", users(claims))
                .param("keys", keys(claims))
                .query(row -> {
                    uses.put(
                            new Claim.Owned(
                                    new Slot(row.getInt("slot")),
                                    new UserId(row.getLong("user_id")),
                                    new IdempotencyKey(row.getString("key"))),
                            new Use(
                                    Fingerprint.stored(row.getBytes("fingerprint")),
                                    new PostId(row.getLong("created_id"))));
                });
    }

    private static long[] users(Collection<Claim> claims) {
        return claims.stream().mapToLong(claim -> claim.user().value()).toArray();
    }

    private static String[] keys(Collection<Claim> claims) {
        return claims.stream().map(claim -> claim.key().value()).toArray(String[]::new);
    }

    private record Use(Fingerprint fingerprint, PostId created) {}
}
