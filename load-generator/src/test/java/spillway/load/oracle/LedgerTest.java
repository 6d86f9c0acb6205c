package spillway.load.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import spillway.load.plan.Operation.CreatePost;
import spillway.load.plan.Operation.Like;
import spillway.load.plan.Operation.Unlike;
import spillway.load.plan.Operation.View;
import spillway.load.plan.TrafficClass;

class LedgerTest {

    private static final CreatePost CREATION = new CreatePost(0, 9, "hello");
    private static final Like LIKE = new Like(0, 1);
    private static final Unlike UNLIKE = new Unlike(0, 1);

    private final Ledger ledger = new Ledger();

    @Test
    void nothingIsSentToAPost_beforeItIsAcknowledged() {
        ledger.intend(CREATION);

        assertThat(ledger.intend(LIKE)).isEqualTo(Readiness.NO_POST);
        ledger.created(CREATION, "77");
        assertThat(ledger.intend(LIKE)).isEqualTo(Readiness.READY);
    }

    @Test
    void whatIsNotReady_isNotOffered() {
        ledger.intend(LIKE);

        assertThat(ledger.books().get(TrafficClass.LIKES)).isEqualTo(Book.EMPTY);
    }

    @Test
    void oneUserAndPost_haveOneOperationUnderWay() {
        create();
        ledger.intend(LIKE);

        assertThat(ledger.intend(LIKE)).isEqualTo(Readiness.BUSY);
        assertThat(ledger.intend(UNLIKE)).isEqualTo(Readiness.BUSY);
        assertThat(ledger.intend(new Like(0, 2))).isEqualTo(Readiness.READY);
    }

    @Test
    void onlyAnAcknowledgedLike_isTakenBack() {
        create();
        assertThat(ledger.intend(UNLIKE)).isEqualTo(Readiness.NOT_LIKED);

        ledger.intend(LIKE);
        ledger.settle(LIKE, Outcome.UNKNOWN);
        assertThat(ledger.intend(UNLIKE)).isEqualTo(Readiness.NOT_LIKED);

        ledger.intend(LIKE);
        ledger.settle(LIKE, Outcome.ACCEPTED);
        assertThat(ledger.intend(UNLIKE)).isEqualTo(Readiness.NOT_LIKED);
    }

    @Test
    void aLikeRepeatedAfterAnUnknownOne_isCertain() {
        create();
        ledger.intend(LIKE);
        ledger.settle(LIKE, Outcome.UNKNOWN);
        assertThat(likes()).isEqualTo(new Range(0, 1));

        ledger.intend(LIKE);
        ledger.settle(LIKE, Outcome.ACCEPTED);
        assertThat(likes()).isEqualTo(new Range(1, 1));
    }

    @Test
    void anUnknownUnlike_leavesBothPossible() {
        create();
        ledger.intend(LIKE);
        ledger.settle(LIKE, Outcome.ACCEPTED);
        ledger.intend(UNLIKE);
        ledger.settle(UNLIKE, Outcome.UNKNOWN);

        assertThat(likes()).isEqualTo(new Range(0, 1));
        assertThat(ledger.expectedVotes()).isEmpty();
    }

    @Test
    void anUnlikeStillUnderWay_leavesBothPossible() {
        create();
        ledger.intend(LIKE);
        ledger.settle(LIKE, Outcome.ACCEPTED);
        ledger.intend(UNLIKE);

        assertThat(likes()).isEqualTo(new Range(0, 1));
    }

    @Test
    void certainVotes_areExpectedOfTheirUsers() {
        create();
        ledger.intend(LIKE);
        ledger.settle(LIKE, Outcome.ACCEPTED);
        ledger.intend(UNLIKE);
        ledger.settle(UNLIKE, Outcome.ACCEPTED);

        assertThat(ledger.expectedVotes()).containsExactly(new ExpectedVote("77", 1, false));
    }

    @Test
    void everyOutcome_hasItsPlaceInTheBooks() {
        create();
        for (Outcome outcome : Outcome.values()) {
            View view = new View(0, 1);
            ledger.intend(view);
            ledger.settle(view, outcome);
        }

        Book views = ledger.books().get(TrafficClass.VIEWS);
        assertThat(views).isEqualTo(new Book(5, 1, 1, 1, 1, 1));
        assertThat(views).matches(Book::balances);
    }

    @Test
    void anOutcomeWithoutIntent_isAnError() {
        create();

        assertThatThrownBy(() -> ledger.settle(LIKE, Outcome.ACCEPTED)).isInstanceOf(RuntimeException.class);
    }

    private void create() {
        ledger.intend(CREATION);
        ledger.created(CREATION, "77");
    }

    private Range likes() {
        return ledger.expectedPosts().getFirst().likes();
    }
}
