package spillway.chaos.reshard;

import java.util.Set;
import java.util.TreeSet;
import spillway.chaos.reshard.Standing.Open;

/**
 * What is known of one post. It has one change under way at a time, and none follows one whose outcome is unknown until that
 * is settled: so there is always one right version. Thread-safe.
 */
final class Account {

    private final int number;
    private final long id;
    private final long author;
    private final long firstText;
    private final Set<Long> comments = new TreeSet<>();
    private Standing standing;

    /**
     * @param number among all accounts, from 0
     * @param firstText what the post was made with
     */
    Account(int number, long id, long author, long firstText, Standing standing) {
        this.number = number;
        this.id = id;
        this.author = author;
        this.firstText = firstText;
        this.standing = standing;
    }

    int number() {
        return number;
    }

    long id() {
        return id;
    }

    long author() {
        return author;
    }

    long firstText() {
        return firstText;
    }

    synchronized Standing standing() {
        return standing;
    }

    synchronized Set<Long> comments() {
        return Set.copyOf(comments);
    }

    /** Opens a change, unless one is open or the post is deleted; {@code text} is that of an edit. */
    synchronized boolean begin(Open change, long text) {
        if (standing.deleted() || standing.open() != Open.NONE) {
            return false;
        }
        standing = new Standing(standing.version(), standing.text(), false, change, text);
        return true;
    }

    /** The open edit or deletion happened. */
    synchronized void happened() {
        standing = switch (standing.open()) {
            case EDIT -> new Standing(standing.version() + 1, standing.openText(), false, Open.NONE, 0);
            case DELETE -> new Standing(standing.version() + 1, standing.text(), true, Open.NONE, 0);
            case NONE, COMMENT -> throw new IllegalStateException("post " + id + " has no change of its own open");
        };
    }

    /** The open comment was made. */
    synchronized void commented(long comment) {
        comments.add(comment);
        close();
    }

    /** The open change did not happen. */
    synchronized void didNotHappen() {
        close();
    }

    private void close() {
        standing = new Standing(standing.version(), standing.text(), standing.deleted(), Open.NONE, 0);
    }
}
