package spillway.platform.counters;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How far a bucket has come in its topic. Compared by its text, never as a number: a script's numbers are doubles and
 * would take 2^53 and 2^53 + 1 for the same offset.
 *
 * @param topicId Kafka's id of the topic, so that a topic made anew under the old name is noticed; empty when nothing was
 *     ever applied
 * @param offset last applied offset, -1 when nothing was ever applied
 */
public record Watermark(String topicId, long offset) {

    /** A bucket to which nothing was ever applied: its key is absent. */
    public static final Watermark NONE = new Watermark("", -1);

    /**
     * Ends the stored text of a bucket that is sealed: its generation is handed over, and no flush finds the watermark that it
     * expects. How far the bucket has come can still be read.
     */
    private static final char SEAL = '!';

    public Watermark {
        if (offset < -1 || (offset == -1) != topicId.isEmpty()) {
            throw new IllegalArgumentException("not a watermark: topic '" + topicId + "', offset " + offset);
        }
    }

    public boolean isNone() {
        return offset < 0;
    }

    /**
     * Reads what {@link #toString} wrote, sealed since or not.
     *
     * @param stored the key's value, null when it is absent
     * @throws IllegalArgumentException when somebody else wrote the key
     */
    public static Watermark parse(byte @Nullable [] stored) {
        if (stored == null) {
            return NONE;
        }
        String text = new String(stored, 0, stored.length - (isSealed(stored) ? 1 : 0), StandardCharsets.UTF_8);
        if (text.equals(NONE.toString())) {
            return NONE;
        }
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("not a watermark: " + text);
        }
        return new Watermark(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
    }

    /**
     * Whether no flush can move the bucket any more.
     *
     * @param stored the key's value, null when it is absent
     */
    public static boolean isSealed(byte @Nullable [] stored) {
        return stored != null && stored.length > 0 && stored[stored.length - 1] == SEAL;
    }

    /** The stored form {@code topicId:offset}; {@code -1} for {@link #NONE}, as the script calls an absent key. */
    @Override
    public String toString() {
        return isNone() ? "-1" : topicId + ':' + offset;
    }
}
