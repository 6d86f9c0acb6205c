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

    public Watermark {
        if (offset < -1 || (offset == -1) != topicId.isEmpty()) {
            throw new IllegalArgumentException("not a watermark: topic '" + topicId + "', offset " + offset);
        }
    }

    public boolean isNone() {
        return offset < 0;
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @param stored the key's value, null when it is absent
     * @throws IllegalArgumentException when somebody else wrote the key
     */
    public static Watermark parse(byte @Nullable [] stored) {
        if (stored == null) {
            return NONE;
        }
        String text = new String(stored, StandardCharsets.UTF_8);
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("not a watermark: " + text);
        }
        return new Watermark(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
    }

    /** The stored form {@code topicId:offset}; {@code -1} for {@link #NONE}, as the script calls an absent key. */
    @Override
    public String toString() {
        return isNone() ? "-1" : topicId + ':' + offset;
    }
}
