package spillway.content.shard;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;

/**
 * Notes what a write changed, in the write's own transaction, where the slot is being mirrored; elsewhere it costs nothing.
 * Only keys are noted: whoever mirrors them reads the rows as they are then, so that an older image never travels.
 */
public final class MirrorLog {

    private static final int POST = 0;
    private static final int COMMENT = 1;
    private static final int IDEMPOTENCY_KEY = 2;

    private final JdbcClient shard;

    MirrorLog(JdbcClient shard) {
        this.shard = shard;
    }

    public void posts(Collection<PostId> posts) {
        note(POST, posts, PostId::slot, id -> new Noted(id.value(), 0, ""));
    }

    /** @param postOf what it is a comment on, where it lives */
    public <C> void comments(Collection<C> comments, Function<C, PostId> postOf, Function<C, PostId> idOf) {
        note(
                COMMENT,
                comments,
                comment -> postOf.apply(comment).slot(),
                comment -> new Noted(
                        postOf.apply(comment).value(), idOf.apply(comment).value(), ""));
    }

    /**
     * @param slotOf where the key is used
     * @param userOf whose it is
     */
    public <K> void keys(
            Collection<K> keys, Function<K, Slot> slotOf, Function<K, Long> userOf, Function<K, String> nameOf) {
        note(IDEMPOTENCY_KEY, keys, slotOf, key -> new Noted(userOf.apply(key), 0, nameOf.apply(key)));
    }

    private <K> void note(int kind, Collection<K> keys, Function<K, Slot> slotOf, Function<K, Noted> noted) {
        SlotSet mirrored = CurrentShard.mirrored();
        if (mirrored.isEmpty()) {
            return;
        }
        List<K> all = keys.stream()
                .filter(key -> mirrored.contains(slotOf.apply(key)))
                .toList();
        if (all.isEmpty()) {
            return;
        }
        List<Noted> rows = all.stream().map(noted).toList();
        shard.sql("""
                        INSERT INTO change (slot, kind, a, b, name)
                        SELECT slot, :kind, a, b, name FROM unnest(:slots, :as, :bs, :names) AS noted (slot, a, b, name)""")
                .param("kind", kind)
                .param(
                        "slots",
                        all.stream().mapToInt(key -> slotOf.apply(key).number()).toArray())
                .param("as", rows.stream().mapToLong(Noted::a).toArray())
                .param("bs", rows.stream().mapToLong(Noted::b).toArray())
                .param("names", rows.stream().map(Noted::name).toArray(String[]::new))
                .update();
    }

    private record Noted(long a, long b, String name) {}
}
