package spillway.content.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import spillway.content.shard.SlotSet;

class MoveRunTest {

    private static final Move MOVE = new Move(1, 0, 1, SlotSet.range(4, 4));
    private static final MoveRules RULES = new MoveRules(500, 200, 4, Duration.ofMillis(40));

    /** Of a move that is over, where there is nothing to do. */
    private final Journal journal =
            answering(Journal.class, Map.of("entry", new Journal.Entry(MoveState.DONE, Wish.RUN, null)));

    private final Side side =
            answering(Side.class, Map.of("waiting", 0L, "progress", Copied.NOTHING, "standing", Map.of(), "shard", 0));

    private final Semaphore turns = new Semaphore(1, true);
    private final List<String> course = new CopyOnWriteArrayList<>();

    private final Throttle throttle = new Throttle() {
        @Override
        public void begin() {
            course.add("begins, free turns: " + turns.availablePermits());
        }

        @Override
        public void pause() {
            course.add("rests, free turns: " + turns.availablePermits());
        }
    };

    @Test
    void eachStep_isFollowedByARestInItsOwnTurn_alsoOneInVain() throws InterruptedException {
        MoveRun run = new MoveRun(
                MOVE,
                new Mover(MOVE, side, side, journal, RULES, InstantSource.system(), failure -> false),
                new Applier(MOVE, side, side, journal, RULES, failure -> false),
                turns,
                throttle,
                Duration.ofSeconds(1));
        run.start();
        try {
            Awaitility.await().until(() -> course.size() >= 6);
        } finally {
            run.stop(Duration.ofSeconds(5));
        }

        assertThat(course.subList(0, 6))
                .containsExactly(
                        "begins, free turns: 0",
                        "rests, free turns: 0",
                        "begins, free turns: 0",
                        "rests, free turns: 0",
                        "begins, free turns: 0",
                        "rests, free turns: 0");
        assertThat(turns.availablePermits()).isOne();
    }

    /** Null for what is not named. */
    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> answers.get(method.getName())));
    }
}
