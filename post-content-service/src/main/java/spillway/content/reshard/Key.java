package spillway.content.reshard;

import java.util.Comparator;

/**
 * A row's primary key, ordered as the database orders it.
 *
 * @param a post: its id; comment: its post's id; idempotency key: its slot
 * @param b comment: its id; idempotency key: its user; else 0
 * @param name of an idempotency key, else empty
 */
record Key(long a, long b, String name) implements Comparable<Key> {

    /** Before every row. */
    static final Key START = new Key(Long.MIN_VALUE, Long.MIN_VALUE, "");

    /** Behind every row. */
    static final Key END = new Key(Long.MAX_VALUE, Long.MAX_VALUE, "");

    private static final Comparator<Key> ORDER =
            Comparator.comparingLong(Key::a).thenComparingLong(Key::b).thenComparing(Key::name);

    static Key of(long a, long b) {
        return new Key(a, b, "");
    }

    @Override
    public int compareTo(Key other) {
        return ORDER.compare(this, other);
    }
}
