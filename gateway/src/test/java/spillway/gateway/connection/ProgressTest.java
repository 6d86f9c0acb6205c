package spillway.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import spillway.gateway.connection.Progress.Delay;

class ProgressTest {

    private final Progress progress = new Progress(
            new ConnectionRules(1, 1, Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofSeconds(30)));

    @Test
    void aConnectionThatSaysNothing_isNobodysDelay() {
        assertThat(progress.look(second(1_000), 0)).isEqualTo(Delay.NONE);
        assertThat(progress.isIdle()).isTrue();
    }

    @Test
    void bytesOfARequest_startItsTime_andMoreBytesDoNotRestartIt() {
        progress.bytesCame(second(0));
        progress.bytesCame(second(9));

        assertThat(progress.look(second(10), 0)).isEqualTo(Delay.NONE);
        assertThat(progress.look(second(11), 0)).isEqualTo(Delay.REQUEST);
        assertThat(progress.canBeTold()).isTrue();
    }

    @Test
    void headersThatEnded_startTheBodysTime() {
        progress.bytesCame(second(0));
        progress.headEnded(second(9));

        assertThat(progress.look(second(24), 0)).isEqualTo(Delay.NONE);
        assertThat(progress.look(second(25), 0)).isEqualTo(Delay.REQUEST);
    }

    @Test
    void aWholeRequest_mayWaitForItsAnswer() {
        request(second(0));

        assertThat(progress.look(second(1_000), 0)).isEqualTo(Delay.NONE);
        assertThat(progress.isIdle()).isFalse();

        answer();
        assertThat(progress.isIdle()).isTrue();
    }

    @Test
    void whoIsBeingAnswered_orWasAnswered_isToldNothingMore() {
        progress.bytesCame(second(0));
        progress.headEnded(second(0));
        assertThat(progress.canBeTold()).isTrue();

        progress.answerBegan();
        assertThat(progress.canBeTold()).isFalse();
        progress.answerEnded();
        assertThat(progress.canBeTold()).isFalse();
    }

    /** Or the second request's 408 would be taken for the answer to the first. */
    @Test
    void aRequestBehindAnother_isNotToldBeforeIt() {
        request(second(0));
        progress.bytesCame(second(1));

        assertThat(progress.look(second(12), 0)).isEqualTo(Delay.REQUEST);
        assertThat(progress.canBeTold()).isFalse();
    }

    @Test
    void answersThatStayUnread_areADelay_andOnesThatGoAreNot() {
        assertThat(progress.look(second(0), 100)).isEqualTo(Delay.NONE);
        assertThat(progress.look(second(20), 0)).isEqualTo(Delay.NONE);
        assertThat(progress.look(second(21), 100)).isEqualTo(Delay.NONE);
        assertThat(progress.look(second(51), 90)).isEqualTo(Delay.NONE);
        assertThat(progress.look(second(52), 80)).isEqualTo(Delay.ANSWER);
    }

    private void request(long now) {
        progress.bytesCame(now);
        progress.headEnded(now);
        progress.bodyEnded();
    }

    private void answer() {
        progress.answerBegan();
        progress.answerEnded();
    }

    private static long second(int second) {
        return Duration.ofSeconds(second).toNanos();
    }
}
