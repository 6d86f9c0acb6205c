package spillway.load.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import spillway.load.oracle.Observation.Counts;
import spillway.load.oracle.Observation.Found;
import spillway.load.oracle.Observation.Reading;
import spillway.load.oracle.Observation.Unreadable;
import spillway.load.oracle.Observation.Vote;
import spillway.load.plan.Operation;
import spillway.load.plan.Operation.AddComment;
import spillway.load.plan.Operation.CreatePost;
import spillway.load.plan.Operation.Like;
import spillway.load.plan.Operation.Unlike;
import spillway.load.plan.Operation.View;
import spillway.load.plan.Recorded;
import spillway.load.plan.TrafficClass;

/** One post, liked by users 1 and 2, once liked and unliked by user 3, commented on once: then something goes wrong. */
class OracleTest {

    private static final CreatePost CREATION = new CreatePost(0, 9, "hello");
    private static final String ID = "77";

    private final Ledger ledger = new Ledger();
    private final Map<String, Counts> counts = new HashMap<>(Map.of(ID, new Counts(2, 1)));
    private final Map<String, Reading> posts = new HashMap<>(Map.of(ID, new Found("9", "hello")));
    private final Map<ExpectedVote, Vote> votes = new HashMap<>();

    OracleTest() {
        ledger.intend(CREATION);
        ledger.created(CREATION, ID);
        happens(new Like(0, 1), Outcome.ACCEPTED);
        happens(new Like(0, 2), Outcome.ACCEPTED);
        happens(new Like(0, 3), Outcome.ACCEPTED);
        happens(new Unlike(0, 3), Outcome.ACCEPTED);
        happens(new AddComment(0, 1, "first"), Outcome.ACCEPTED);
    }

    @Test
    void keptPromises_pass() {
        votes.put(new ExpectedVote(ID, 1, true), Vote.LIKED);
        votes.put(new ExpectedVote(ID, 3, false), Vote.NOT_LIKED);

        Verdict verdict = judge();

        assertThat(verdict.differences()).isEmpty();
        assertThat(verdict.line()).isEqualTo("Oracle: PASS  2 likes on 1 posts exact");
    }

    @Test
    void aLostLike_isFound() {
        counts.put(ID, new Counts(1, 1));

        assertThat(judge().differences()).containsExactly(new Difference.LikeCount(ID, new Range(2, 2), 1));
    }

    @Test
    void aDoubledLike_isFound() {
        counts.put(ID, new Counts(3, 1));

        assertThat(judge().differences()).containsExactly(new Difference.LikeCount(ID, new Range(2, 2), 3));
    }

    @Test
    void aResurrectedUnlike_isFoundEvenWhenTheCountHidesIt() {
        votes.put(new ExpectedVote(ID, 3, false), Vote.LIKED);

        assertThat(judge().differences()).containsExactly(new Difference.WrongVote(ID, 3, false));
    }

    @Test
    void aVoteThatCannotBeRead_isADifference() {
        votes.put(new ExpectedVote(ID, 3, false), Vote.UNREADABLE);

        assertThat(judge().differences()).containsExactly(new Difference.VoteUnread(ID, 3));
    }

    @Test
    void aMissingPost_isFound() {
        posts.put(ID, new Unreadable("status 404"));

        assertThat(judge().differences()).containsExactly(new Difference.PostMissing(ID, "status 404"));
    }

    @Test
    void aPostWithAnotherText_isFound() {
        posts.put(ID, new Found("9", "hullo"));

        assertThat(judge().differences()).containsExactly(new Difference.PostChanged(ID));
    }

    @Test
    void aPostUnderAnotherAuthor_isFound() {
        posts.put(ID, new Found("8", "hello"));

        assertThat(judge().differences()).containsExactly(new Difference.PostChanged(ID));
    }

    @Test
    void aLostComment_isFound() {
        counts.put(ID, new Counts(2, 0));

        assertThat(judge().differences()).containsExactly(new Difference.CommentCount(ID, new Range(1, 1), 0));
    }

    @Test
    void countsThatCannotBeRead_areADifference() {
        counts.clear();

        assertThat(judge().differences()).containsExactly(new Difference.NoCounts(ID));
    }

    @Test
    void anIntentWithoutOutcome_unbalancesTheBook() {
        ledger.intend(new View(0, 1));

        assertThat(judge().differences())
                .containsExactly(new Difference.Unbalanced(TrafficClass.VIEWS, new Book(1, 0, 0, 0, 0, 0)));
    }

    @Test
    void aRightRequestRejected_isADifference() {
        happens(new View(0, 1), Outcome.REJECTED);

        assertThat(judge().differences()).containsExactly(new Difference.WronglyRejected(TrafficClass.VIEWS, 1));
    }

    @Test
    void shedAndFailedWrites_mustHaveNoEffect() {
        happens(new Like(0, 4), Outcome.SHED);
        happens(new Like(0, 5), Outcome.FAILED);
        counts.put(ID, new Counts(3, 1));

        assertThat(judge().differences()).containsExactly(new Difference.LikeCount(ID, new Range(2, 2), 3));
    }

    @Test
    void anUnknownLike_mayCountOrNot() {
        happens(new Like(0, 4), Outcome.UNKNOWN);

        for (long likes = 2; likes <= 3; likes++) {
            counts.put(ID, new Counts(likes, 1));
            assertThat(judge().line()).isEqualTo("Oracle: PASS  %d likes on 1 posts within 1 unknown".formatted(likes));
        }
        counts.put(ID, new Counts(4, 1));
        assertThat(judge().passed()).isFalse();
    }

    @Test
    void anUnknownComment_mayCountOrNot() {
        happens(new AddComment(0, 1, "second"), Outcome.UNKNOWN);

        counts.put(ID, new Counts(2, 2));
        assertThat(judge().passed()).isTrue();
        counts.put(ID, new Counts(2, 3));
        assertThat(judge().passed()).isFalse();
    }

    @Test
    void aTrace_demandsItsOwnCount() {
        Verdict verdict = new Oracle(ledger, List.of(new Recorded(0, "viral", 3))).judge(observation());

        assertThat(verdict.differences()).containsExactly(new Difference.NotAsRecorded(new Recorded(0, "viral", 3), 2));
    }

    @Test
    void aTracePostThatWasNeverCreated_isADifference() {
        Verdict verdict = new Oracle(ledger, List.of(new Recorded(5, "gone", 1))).judge(observation());

        assertThat(verdict.differences()).containsExactly(new Difference.NotAsRecorded(new Recorded(5, "gone", 1), 0));
    }

    @Test
    void aRunInWhichNothingWasAccepted_provesNothing() {
        Verdict verdict = new Oracle(new Ledger(), List.of()).judge(new Observation(Map.of(), Map.of(), Map.of()));

        assertThat(verdict.differences()).containsExactly(new Difference.NothingAccepted());
    }

    @Test
    void theDrainGoesOn_untilTheCountsAreRight() {
        Oracle oracle = new Oracle(ledger, List.of());

        assertThat(oracle.isDrained(Map.of(ID, new Counts(1, 1)))).isFalse();
        assertThat(oracle.isDrained(counts)).isTrue();
    }

    private void happens(Operation operation, Outcome outcome) {
        assertThat(ledger.intend(operation)).isEqualTo(Readiness.READY);
        ledger.settle(operation, outcome);
    }

    private Verdict judge() {
        return new Oracle(ledger, List.of()).judge(observation());
    }

    private Observation observation() {
        return new Observation(counts, posts, votes);
    }
}
