package spillway.content.insert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import spillway.content.insert.Outcome.Done;
import spillway.content.insert.Outcome.Refused;

/**
 * Whatever the order of inserts, ends of transactions, failures, lost answers and callers who leave: each caller is told
 * once, and what it is told is true of the store.
 */
class BatchesSimulationTest {

    private static final int SEEDS = Integer.getInteger("spillway.simulations", 20_000);

    @Test
    void everyCallerIsToldTheTruth_inAnyOrderOfEvents() throws InterruptedException {
        for (int seed = 0; seed < SEEDS; seed++) {
            try {
                new Run(seed).play();
            } catch (RuntimeException | AssertionError e) {
                fail("seed " + seed, e);
            }
        }
    }

    /** A row: every eleventh is one that no transaction can hold. */
    private record Row(int number) {
        boolean bad() {
            return number % 11 == 10;
        }
    }

    private static final class BadRow extends IllegalStateException {
        private static final long serialVersionUID = 1L;
    }

    private static final class Away extends IllegalStateException {
        private static final long serialVersionUID = 1L;
    }

    private static final class AnswerLost extends IllegalStateException {
        private static final long serialVersionUID = 1L;
    }

    private static final class Run {

        private final SplittableRandom random;
        private final FakeScheduling time = new FakeScheduling();
        private final InsertRules rules;
        private final Batches<Row, Integer> batches;
        private final Map<Row, Integer> committed = new HashMap<>();
        private final List<Waiting<Row, Integer>> callers = new ArrayList<>();
        private final Set<Waiting<Row, Integer>> gone = new HashSet<>();
        private int made;

        Run(long seed) {
            random = new SplittableRandom(seed);
            rules = new InsertRules(
                    InsertPath.BATCHED,
                    1 + random.nextInt(6),
                    Duration.ofMillis(random.nextInt(3)),
                    1 + random.nextInt(3),
                    4 + random.nextInt(8),
                    Duration.ofMillis(20));
            batches = new Batches<>(
                    rules,
                    this::transaction,
                    BadRow.class::isInstance,
                    time,
                    new BatchMeters("rows", new SimpleMeterRegistry(), rules.maxWait()));
        }

        void play() throws InterruptedException {
            for (int step = 0; step < 60; step++) {
                switch (random.nextInt(8)) {
                    case 0, 1, 2, 3 -> ask();
                    case 4, 5 -> runOne();
                    case 6 -> time.pass(Duration.ofMillis(random.nextInt(8)));
                    default -> leave();
                }
                assertThat(time.underWay()).isLessThanOrEqualTo(rules.maxInFlight());
                assertThat(batches.waiting()).isLessThanOrEqualTo(rules.maxWaiting());
            }
            batches.close();
            time.runAll();
            batches.awaitEnd(Duration.ofNanos(1));
            assertThat(batches.waiting()).isZero();
            callers.forEach(this::check);
        }

        private void ask() {
            try {
                callers.add(batches.ask(new Row(made++)));
            } catch (InsertRefused full) {
                assertThat(batches.waiting()).isEqualTo(rules.maxWaiting());
            }
        }

        private void runOne() {
            if (time.underWay() > 0) {
                time.runOne(random.nextInt(time.underWay()));
            }
        }

        private void leave() {
            if (!callers.isEmpty()) {
                Waiting<Row, Integer> caller = callers.get(random.nextInt(callers.size()));
                if (batches.takeBack(caller)) {
                    gone.add(caller);
                }
            }
        }

        private List<Outcome<Integer>> transaction(List<Row> rows) {
            assertThat(rows).isNotEmpty().hasSizeLessThanOrEqualTo(rules.maxRows());
            if (rows.stream().anyMatch(Row::bad)) {
                throw new BadRow();
            }
            int fate = random.nextInt(10);
            if (fate == 0) {
                throw new Away();
            }
            if (fate != 1) {
                rows.forEach(row -> committed.merge(row, 1, Integer::sum));
            }
            if (fate == 1 || fate == 2) {
                throw new AnswerLost();
            }
            return rows.stream()
                    .<Outcome<Integer>>map(row -> new Done<>(row.number()))
                    .toList();
        }

        private void check(Waiting<Row, Integer> caller) {
            int times = committed.getOrDefault(caller.row(), 0);
            Outcome<Integer> outcome = caller.outcome();
            if (gone.contains(caller)) {
                assertThat(outcome).isNull();
                assertThat(times).isZero();
                return;
            }
            assertThat(outcome).as("what %s was told", caller.row()).isNotNull();
            if (outcome instanceof Done<Integer> done) {
                assertThat(done.answer()).isEqualTo(caller.row().number());
                assertThat(times).isEqualTo(1);
            } else if (outcome instanceof Refused<Integer> refused) {
                if (refused.why() instanceof AnswerLost) {
                    assertThat(times).isLessThanOrEqualTo(1);
                } else {
                    assertThat(times).isZero();
                }
                if (refused.why() instanceof BadRow) {
                    assertThat(caller.row().bad()).isTrue();
                }
            }
        }
    }
}
