package spillway.load.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import spillway.load.oracle.Observation.Counts;
import spillway.load.oracle.Observation.Found;
import spillway.load.oracle.Observation.Reading;
import spillway.load.oracle.Observation.Vote;
import spillway.load.plan.Operation;
import spillway.load.plan.Operation.CreatePost;
import spillway.load.plan.Operation.Like;
import spillway.load.plan.Operation.Unlike;

/**
 * Thousands of random histories against a model of a system that keeps its word, where operations of unknown outcome
 * happen at once, at the very end, or never: the oracle must accept all of them. Then the model breaks its word once, in
 * a history without unknowns, and the oracle must never accept.
 */
class OracleSimulationTest {

    private static final int SCHEDULES = 10_000;
    private static final int POSTS = 3;
    private static final int USERS = 5;

    @Test
    void aSystemThatKeepsItsWord_alwaysPasses() {
        for (long seed = 0; seed < SCHEDULES; seed++) {
            Model model = new Model(seed, 0.2);
            model.run();

            assertThat(model.judge().differences()).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void aSingleLostOrInventedLike_neverPasses() {
        for (long seed = 0; seed < SCHEDULES; seed++) {
            Model model = new Model(seed, 0);
            model.run();
            model.breakItsWord();

            assertThat(model.judge().passed()).as("seed %d", seed).isFalse();
        }
    }

    private static final class Model {
        private final SplittableRandom random;
        private final double unknown;
        private final Ledger ledger = new Ledger();
        private final List<Set<Long>> likers = new ArrayList<>();
        private final List<Operation> late = new ArrayList<>();

        Model(long seed, double unknown) {
            this.random = new SplittableRandom(seed);
            this.unknown = unknown;
        }

        void run() {
            for (int post = 0; post < POSTS; post++) {
                CreatePost creation = new CreatePost(post, 1, "text");
                ledger.intend(creation);
                ledger.created(creation, "id" + post);
                likers.add(new HashSet<>());
            }
            for (int i = 0; i < 60; i++) {
                int post = random.nextInt(POSTS);
                long user = 1L + random.nextInt(USERS);
                Operation operation = random.nextInt(3) == 0 ? new Unlike(post, user) : new Like(post, user);
                if (ledger.intend(operation) == Readiness.READY) {
                    happen(operation);
                }
            }
            late.forEach(this::apply);
        }

        private void happen(Operation operation) {
            if (random.nextDouble() >= unknown) {
                boolean shed = random.nextInt(10) == 0;
                if (!shed) {
                    apply(operation);
                }
                ledger.settle(operation, shed ? Outcome.SHED : Outcome.ACCEPTED);
                return;
            }
            ledger.settle(operation, Outcome.UNKNOWN);
            switch (random.nextInt(3)) {
                case 0 -> apply(operation);
                case 1 -> late.add(operation);
                default -> {}
            }
        }

        private void apply(Operation operation) {
            Set<Long> users = likers.get(operation.post());
            if (operation instanceof Like) {
                users.add(operation.user());
            } else {
                users.remove(operation.user());
            }
        }

        void breakItsWord() {
            Set<Long> users = likers.get(random.nextInt(POSTS));
            long user = 1L + random.nextInt(USERS);
            if (!users.remove(user)) {
                users.add(user);
            }
        }

        Verdict judge() {
            Map<String, Counts> counts = new HashMap<>();
            Map<String, Reading> posts = new HashMap<>();
            for (int post = 0; post < POSTS; post++) {
                counts.put("id" + post, new Counts(likers.get(post).size(), 0));
                posts.put("id" + post, new Found("1", "text"));
            }
            Map<ExpectedVote, Vote> votes =
                    ledger.expectedVotes().stream().collect(Collectors.toMap(vote -> vote, this::answer));
            return new Oracle(ledger, List.of()).judge(new Observation(counts, posts, votes));
        }

        private Vote answer(ExpectedVote vote) {
            int post = Integer.parseInt(vote.postId().substring(2));
            return likers.get(post).contains(vote.user()) ? Vote.LIKED : Vote.NOT_LIKED;
        }
    }
}
