package spillway.load.fake;

import java.time.Duration;

/** What a server may do wrong, or only unpleasantly. */
public sealed interface Misbehaviour {

    /** Answers right, but late. */
    record Late(Duration by) implements Misbehaviour {}

    /** Answers with this status and problem, with no effect. */
    record Refuses(int status, String problem) implements Misbehaviour {}

    /** Has the effect, or not, and says that it does not know. */
    record DoesNotKnow(boolean effect) implements Misbehaviour {}

    /** Has the effect, or not, and breaks the connection. */
    record Resets(boolean effect) implements Misbehaviour {}

    /** Says accepted and forgets. */
    record Forgets() implements Misbehaviour {}

    /** Says accepted, counts it, and counts it once more: at once, or after the count has been read right once. */
    record Doubles(boolean afterReading) implements Misbehaviour {}
}
