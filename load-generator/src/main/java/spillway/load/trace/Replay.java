package spillway.load.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import spillway.load.plan.Operation.CreatePost;
import spillway.load.plan.Operation.Like;
import spillway.load.plan.Planned;
import spillway.load.trace.TraceRow.Kind;

/**
 * The second pass over a trace: its rows as operations. Likes wait their lead in a queue, which therefore never holds
 * more than the rows of one lead.
 */
final class Replay implements Iterator<Planned> {

    private final TracePlan plan;
    private final Map<String, Integer> numbers;
    private final TraceReader reader;
    private final Set<Integer> created = new HashSet<>();
    private final ArrayDeque<Planned> likes = new ArrayDeque<>();
    private final ArrayDeque<Planned> creations = new ArrayDeque<>();
    private @Nullable TraceRow ahead;

    Replay(TracePlan plan, Path file, Map<String, Integer> numbers) {
        this.plan = plan;
        this.numbers = numbers;
        try {
            reader = new TraceReader(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ahead = reader.next();
    }

    @Override
    public boolean hasNext() {
        fill();
        return !creations.isEmpty() || !likes.isEmpty();
    }

    @Override
    public Planned next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Planned creation = creations.peekFirst();
        Planned like = likes.peekFirst();
        boolean creationFirst = creation != null && (like == null || creation.atNanos() <= like.atNanos());
        return creationFirst ? creations.removeFirst() : likes.removeFirst();
    }

    /** Reads on until no row still unread can be due before what is queued. */
    private void fill() {
        while (ahead != null && creations.isEmpty() && !dueBefore(ahead)) {
            take(ahead);
            ahead = reader.next();
            if (ahead == null) {
                close();
            }
        }
    }

    private boolean dueBefore(TraceRow row) {
        Planned like = likes.peekFirst();
        return like != null && like.atNanos() <= plan.compressed(row.offsetNanos());
    }

    private void take(TraceRow row) {
        int post = Objects.requireNonNull(numbers.get(row.post()), "the trace changed while it was replayed");
        long at = plan.compressed(row.offsetNanos());
        if (created.add(post)) {
            creations.addLast(new Planned(at, new CreatePost(post, row.author(), "Post " + row.post())));
        }
        if (row.kind() == Kind.LIKE) {
            likes.addLast(new Planned(at + TracePlan.LEAD.toNanos(), new Like(post, row.user())));
        }
    }

    private void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
