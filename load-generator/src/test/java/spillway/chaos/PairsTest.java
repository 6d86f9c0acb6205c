package spillway.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import spillway.load.oracle.Outcome;
import spillway.load.oracle.Range;

class PairsTest {

    private static final long OVERTAKEN = Pairs.OVERTAKEN.toNanos();

    private final Crowd crowd = new Crowd(2, 10, 1);
    private final Pairs pairs = new Pairs(crowd);
    private final Intent like = new Intent(crowd.pair(0, 5), true);
    private final Intent unlike = new Intent(crowd.pair(0, 5), false);

    @Test
    void anAcknowledgedLike_counts_andAnAcknowledgedUnlikeTakesItBack() {
        assertThat(send(like, Outcome.ACCEPTED)).isTrue();
        assertThat(pairs.expected(0)).isEqualTo(new Range(1, 1));

        assertThat(send(unlike, Outcome.ACCEPTED)).isTrue();
        assertThat(pairs.expected(0)).isEqualTo(new Range(0, 0));
    }

    @Test
    void theSameLikeTwice_countsOnce() {
        send(like, Outcome.ACCEPTED);
        send(like, Outcome.ACCEPTED);

        assertThat(pairs.expected(0)).isEqualTo(new Range(1, 1));
    }

    @Test
    void whileAnIntentIsOpen_itsPairTakesNoOther() {
        assertThat(pairs.begin(like, 0)).isTrue();

        assertThat(pairs.begin(unlike, OVERTAKEN + 1)).isFalse();
    }

    @Test
    void anUnknownLike_mayOrMayNotCount_untilItIsAcknowledged() {
        send(like, Outcome.UNKNOWN);
        assertThat(pairs.expected(0)).isEqualTo(new Range(0, 1));
        assertThat(pairs.openPairs()).isEqualTo(1);

        pairs.offer(List.of(like));
        pairs.settle(like, Outcome.ACCEPTED, 1);
        assertThat(pairs.expected(0)).isEqualTo(new Range(1, 1));
        assertThat(pairs.openPairs()).isZero();
    }

    @Test
    void afterAnUnknownOutcome_noOtherIntentFollows_beforeTheLostRequestMustBeDead() {
        send(like, Outcome.UNKNOWN);
        pairs.offer(List.of(like));
        pairs.settle(like, Outcome.ACCEPTED, 1);

        assertThat(pairs.begin(unlike, OVERTAKEN - 1)).isFalse();
        assertThat(pairs.begin(unlike, OVERTAKEN)).isTrue();
    }

    @Test
    void aRefusedLike_isStillToBeSent_andLeavesNoDoubt() {
        assertThat(send(like, Outcome.SHED)).isFalse();

        assertThat(pairs.openPairs()).isEqualTo(1);
        assertThat(pairs.everUnknown()).isZero();
    }

    @Test
    void onlyWhatIsSoAlready_isSentAgain() {
        assertThat(pairs.beginAgain(unlike, 0)).isFalse();
        send(like, Outcome.ACCEPTED);

        assertThat(pairs.beginAgain(unlike, 0)).isFalse();
        assertThat(pairs.beginAgain(like, 0)).isTrue();
    }

    @Test
    void everySending_isInTheBooks() {
        send(like, Outcome.SHED);
        pairs.offer(List.of(like));
        assertThat(pairs.book().balances()).isFalse();

        pairs.settle(like, Outcome.ACCEPTED, 1);
        assertThat(pairs.book().balances()).isTrue();
        assertThat(pairs.book().offered()).isEqualTo(2);
    }

    private boolean send(Intent intent, Outcome outcome) {
        pairs.begin(intent, 0);
        pairs.offer(List.of(intent));
        return pairs.settle(intent, outcome, 0);
    }
}
