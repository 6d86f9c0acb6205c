package spillway.content.reshard;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread run at a time, and chance decide at each statement who is next, so that a seed is a schedule.
 *
 * <p>What only does a statement and waits (a client, a relay) needs no thread: whoever holds the baton runs it. Code that
 * keeps its place on a stack (a mover, an applier) has one.
 */
final class Baton {

    /** The process was killed: nothing it still does has an effect. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    /** Does one statement, or nothing while it has to wait. */
    @FunctionalInterface
    interface Actor {
        void act();
    }

    /** Code on a thread of its own. */
    final class Runner {

        private final Thread thread;
        private long restsUntil;
        private boolean dead;
        private boolean ended;

        private Runner(java.util.function.Consumer<Runner> code) {
            thread = Thread.ofVirtual().unstarted(() -> {
                await(this);
                try {
                    if (!dead) {
                        code.accept(this);
                    }
                } catch (Killed end) {
                    // as it should be
                } catch (RuntimeException | AssertionError failure) {
                    fail(failure);
                } finally {
                    ended = true;
                    processes.remove(this);
                    hand(dead ? null : next(null));
                }
            });
        }

        /** Others may run; the thread goes on when it is chosen again. */
        void step() {
            if (dead) {
                throw new Killed();
            }
            Runner next = next(this);
            if (next != this) {
                hand(next);
                await(this);
            }
            if (dead) {
                throw new Killed();
            }
        }

        /** Stands still for some statements of the others. */
        void rest(long statements) {
            restsUntil = Math.max(restsUntil, now + statements);
        }

        void wake() {
            restsUntil = 0;
        }

        boolean isResting() {
            return restsUntil > now;
        }

        boolean isDead() {
            return dead || ended;
        }

        /** Never runs again. */
        void kill() {
            dead = true;
            processes.remove(this);
            killed.add(this);
        }
    }

    private final SplittableRandom random;
    private final Actor world;
    private final List<Actor> actors = new ArrayList<>();
    private final List<Runner> processes = new ArrayList<>();
    private final List<Runner> killed = new ArrayList<>();
    private final Thread main = Thread.currentThread();
    private volatile @Nullable Runner holder;
    private volatile boolean mainHolds = true;
    private boolean over;
    private @Nullable Throwable failure;
    private long now;

    /** @param world looked at before each statement */
    Baton(SplittableRandom random, Actor world) {
        this.random = random;
        this.world = world;
    }

    /** Statements so far. */
    long now() {
        return now;
    }

    void add(Actor actor) {
        actors.add(actor);
    }

    Runner start(java.util.function.Consumer<Runner> code) {
        Runner process = new Runner(code);
        processes.add(process);
        process.thread.start();
        return process;
    }

    /** Ends the run after the present statement. */
    void end() {
        over = true;
    }

    private void fail(Throwable why) {
        if (failure == null) {
            failure = why;
        }
        over = true;
    }

    /** Runs until {@link #end} or a failure. */
    void run() {
        hand(next(null));
        awaitMain();
        for (Runner process : List.copyOf(processes)) {
            process.kill();
        }
        for (Runner process : killed) {
            if (!process.ended) {
                hand(process);
                awaitMain();
            }
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof AssertionError e) {
            throw e;
        }
    }

    /** Who runs next; null is the end. What needs no thread has run when this returns. */
    private @Nullable Runner next(@Nullable Runner current) {
        if (!over && current != null && !current.dead && !current.isResting() && random.nextInt(3) == 0) {
            now++;
            look(world);
            if (!over && !current.dead) {
                return current;
            }
        }
        while (!over) {
            now++;
            look(world);
            int choice = random.nextInt(actors.size() + processes.size());
            if (choice < actors.size()) {
                Actor actor = actors.get(choice);
                for (int statements = 1 + random.nextInt(3); statements > 0 && !over; statements--) {
                    look(actor);
                }
            } else {
                Runner process = processes.get(choice - actors.size());
                if (!process.isResting()) {
                    return over ? null : process;
                }
            }
        }
        return null;
    }

    private void look(Actor actor) {
        try {
            actor.act();
        } catch (RuntimeException | AssertionError e) {
            fail(e);
        }
    }

    private void hand(@Nullable Runner next) {
        if (next == null) {
            holder = null;
            mainHolds = true;
            LockSupport.unpark(main);
        } else {
            mainHolds = false;
            holder = next;
            LockSupport.unpark(next.thread);
        }
    }

    private void await(Runner process) {
        while (holder != process) {
            LockSupport.park(this);
        }
    }

    private void awaitMain() {
        while (!mainHolds) {
            LockSupport.park(this);
        }
    }
}
