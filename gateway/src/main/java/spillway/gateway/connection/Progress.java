package spillway.gateway.connection;

/**
 * How far a connection's request and its answers have come, by a clock that is given. Not thread-safe.
 *
 * <pre>
 * IDLE  bytes of a request       → HEAD
 * HEAD  end of the headers       → BODY
 * BODY  end of the body          → IDLE
 * </pre>
 *
 * A request whose first bytes came with the end of the one before is in IDLE until its next bytes come; if they do not, it
 * is the idle timeout that ends the connection.
 */
final class Progress {

    /** What a connection does not get done. */
    enum Delay {
        NONE,
        /** To send a request. */
        REQUEST,
        /** To read answers. */
        ANSWER
    }

    private enum Phase {
        IDLE,
        HEAD,
        BODY
    }

    private final long headNanos;
    private final long bodyNanos;
    private final long answerNanos;

    private Phase phase = Phase.IDLE;
    private long since;
    private int unanswered;
    private boolean answering;
    private boolean unread;
    private long unreadSince;

    Progress(ConnectionRules rules) {
        this.headNanos = rules.headTime().toNanos();
        this.bodyNanos = rules.bodyTime().toNanos();
        this.answerNanos = rules.answerTime().toNanos();
    }

    void bytesCame(long now) {
        if (phase == Phase.IDLE) {
            phase = Phase.HEAD;
            since = now;
        }
    }

    void headEnded(long now) {
        phase = Phase.BODY;
        since = now;
        unanswered++;
    }

    void bodyEnded() {
        phase = Phase.IDLE;
    }

    void answerBegan() {
        answering = true;
    }

    void answerEnded() {
        answering = false;
        unanswered--;
    }

    /** Whether a request that does not get done can be told so: nobody else is saying something. */
    boolean canBeTold() {
        return !answering && unanswered == (phase == Phase.BODY ? 1 : 0);
    }

    /** Whether nothing has come that was not answered. */
    boolean isIdle() {
        return phase == Phase.IDLE && unanswered == 0;
    }

    /** Whether no other request waits for its answer. */
    boolean isLast() {
        return unanswered == 1;
    }

    /** @param pending bytes of answers that the peer has not taken yet */
    Delay look(long now, long pending) {
        if (pending == 0) {
            unread = false;
        } else if (!unread) {
            unread = true;
            unreadSince = now;
        } else if (now - unreadSince > answerNanos) {
            return Delay.ANSWER;
        }
        boolean late = switch (phase) {
            case IDLE -> false;
            case HEAD -> now - since > headNanos;
            case BODY -> now - since > bodyNanos;
        };
        return late ? Delay.REQUEST : Delay.NONE;
    }
}
