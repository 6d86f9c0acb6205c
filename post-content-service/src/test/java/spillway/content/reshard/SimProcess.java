package spillway.content.reshard;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import spillway.content.reshard.SimShard.Session;

/** A coordinator or an applier, with its connections. */
final class SimProcess {

    private final List<Session> sessions = new ArrayList<>();
    private Baton.@Nullable Runner thread;
    private boolean frozen;

    private SimProcess() {}

    static SimProcess start(Baton baton, Consumer<SimProcess> code) {
        SimProcess process = new SimProcess();
        process.thread = baton.start(thread -> code.accept(process));
        return process;
    }

    private Baton.Runner thread() {
        return Objects.requireNonNull(thread);
    }

    void step() {
        thread().step();
    }

    Session open(SimShard shard) {
        sessions.removeIf(session -> !session.alive);
        Session session = shard.open();
        sessions.add(session);
        return session;
    }

    void endSessions() {
        sessions.stream().filter(session -> session.alive).toList().forEach(Session::end);
        sessions.clear();
    }

    /** The server sees its connections closed. */
    void kill() {
        endSessions();
        thread().kill();
    }

    void rest(long statements) {
        thread().rest(statements);
    }

    /** Stands still and does not know it; the server may meanwhile have ended its sessions. */
    void freeze(long statements, boolean endsSessions) {
        frozen = true;
        thread().rest(statements);
        if (endsSessions) {
            endSessions();
        }
    }

    void thaw() {
        thread().wake();
    }

    boolean isFrozen() {
        frozen &= thread().isResting();
        return frozen;
    }

    boolean isDead() {
        return thread().isDead();
    }
}
