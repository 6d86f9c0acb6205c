package spillway.content.shard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;

/**
 * Notes what a write changed, in the write's own transaction, where the slot is being mirrored; elsewhere it costs nothing.
 * Only keys are noted: whoever mirrors them reads the rows as they are then, so that an older image never travels.
 *
 * <p>All that a transaction notes is written by one statement, after its work.
 */
public final class MirrorLog {

    private static final int POST = 0;
    private static final int COMMENT = 1;
    private static final int IDEMPOTENCY_KEY = 2;

    private static final ScopedValue<Notes> NOTES = ScopedValue.newInstance();

    private final JdbcClient shard;

    MirrorLog(JdbcClient shard) {
        this.shard = shard;
    }

    /**
     * Work within a transaction, and then the notes of what it changed in some slots.
     *
     * @param mirrored slots that cannot cease to be mirrored before the transaction ends
     */
    public <T> T noting(SlotSet mirrored, Supplier<T> work) {
        Notes notes = new Notes(mirrored, new ArrayList<>());
        T result = ScopedValue.where(NOTES, notes).call(work::get);
        if (!notes.rows().isEmpty()) {
            write(notes.rows());
        }
        return result;
    }

    public void posts(Collection<PostId> posts) {
        note(posts.stream().map(id -> new Note(id.slot(), POST, id.value(), 0, "")));
    }

    /** @param postOf what it is a comment on, where it lives */
    public <C> void comments(Collection<C> comments, Function<C, PostId> postOf, Function<C, PostId> idOf) {
        note(comments.stream().map(comment -> {
            PostId post = postOf.apply(comment);
            return new Note(
                    post.slot(), COMMENT, post.value(), idOf.apply(comment).value(), "");
        }));
    }

    /**
     * @param slotOf where the key is used
     * @param userOf whose it is
     */
    public <K> void keys(
            Collection<K> keys, Function<K, Slot> slotOf, Function<K, Long> userOf, Function<K, String> nameOf) {
        note(keys.stream()
                .map(key -> new Note(slotOf.apply(key), IDEMPOTENCY_KEY, userOf.apply(key), 0, nameOf.apply(key))));
    }

    private static void note(Stream<Note> changed) {
        if (NOTES.isBound()) {
            Notes notes = NOTES.get();
            changed.filter(note -> notes.mirrored().contains(note.slot())).forEach(notes.rows()::add);
        }
    }

    private void write(List<Note> notes) {
        shard.sql("""
                        INSERT INTO change (slot, kind, a, b, name)
                        SELECT * FROM unnest(:slots, :kinds, :as, :bs, :names)""")
                .param(
                        "slots",
                        notes.stream().mapToInt(note -> note.slot().number()).toArray())
                .param("kinds", notes.stream().mapToInt(Note::kind).toArray())
                .param("as", notes.stream().mapToLong(Note::a).toArray())
                .param("bs", notes.stream().mapToLong(Note::b).toArray())
                .param("names", notes.stream().map(Note::name).toArray(String[]::new))
                .update();
    }

    private record Notes(SlotSet mirrored, List<Note> rows) {}

    /** A row of {@code change}. */
    private record Note(Slot slot, int kind, long a, long b, String name) {}
}
