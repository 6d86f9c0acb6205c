package spillway.content.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import spillway.content.shard.Breaker.Change;
import spillway.content.shard.Breaker.Finding;
import spillway.content.shard.Breaker.Pass;

class BreakerTest {

    private final AtomicLong now = new AtomicLong(5_000);
    private final Breaker breaker = new Breaker(() -> Instant.ofEpochMilli(now.get()), 3, Duration.ofSeconds(1));

    @Test
    void thirdHangInARow_opens() {
        assertThat(find(Finding.HUNG)).isEqualTo(Change.NONE);
        assertThat(find(Finding.HUNG)).isEqualTo(Change.NONE);
        assertThat(breaker.isClosed()).isTrue();

        assertThat(find(Finding.HUNG)).isEqualTo(Change.OPENED);

        assertThat(breaker.isClosed()).isFalse();
        assertThat(breaker.enter()).isNull();
    }

    @Test
    void someoneServed_startsTheCountAnew() {
        find(Finding.HUNG);
        find(Finding.HUNG);
        find(Finding.SERVED);
        find(Finding.HUNG);
        find(Finding.HUNG);

        assertThat(breaker.isClosed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"SLOW", "NOTHING"})
    void findingThatSaysLittle_neitherCountsNorForgives(Finding little) {
        find(Finding.HUNG);
        find(Finding.HUNG);
        find(little);
        assertThat(breaker.isClosed()).isTrue();

        assertThat(find(Finding.HUNG)).isEqualTo(Change.OPENED);
    }

    @Test
    void unreachable_opensAtOnce() {
        assertThat(find(Finding.UNREACHABLE)).isEqualTo(Change.OPENED);
    }

    @Test
    void afterASecond_oneCallerIsTheProbe() {
        find(Finding.UNREACHABLE);
        now.addAndGet(999);
        assertThat(breaker.enter()).isNull();

        now.addAndGet(1);

        assertThat(breaker.enter()).isNotNull();
        assertThat(breaker.enter()).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVED", "SLOW"})
    void servedProbe_closes(Finding served) {
        Pass probe = probe();

        assertThat(breaker.found(probe, served)).isEqualTo(Change.CLOSED);

        assertThat(breaker.enter()).isNotNull();
        assertThat(breaker.enter()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"SERVED", "SLOW"})
    void otherProbe_keepsItOpenForAnotherSecond(Finding found) {
        Pass probe = probe();
        now.addAndGet(500);

        assertThat(breaker.found(probe, found)).isEqualTo(Change.NONE);

        now.addAndGet(999);
        assertThat(breaker.enter()).isNull();
        now.addAndGet(1);
        assertThat(breaker.enter()).isNotNull();
    }

    @Test
    void probeThatSaysNothing_isReplacedAfterASecond_andItsWordNoLongerCounts() {
        Pass silent = probe();
        now.addAndGet(1_000);
        Pass next = pass();

        assertThat(breaker.found(silent, Finding.SERVED)).isEqualTo(Change.NONE);
        assertThat(breaker.isClosed()).isFalse();
        assertThat(breaker.found(next, Finding.SERVED)).isEqualTo(Change.CLOSED);
    }

    @Test
    void wordOfOneWhoPassedBefore_changesNothing() {
        Pass early = pass();
        Pass probe = probe();

        assertThat(breaker.found(early, Finding.SERVED)).isEqualTo(Change.NONE);
        assertThat(breaker.isClosed()).isFalse();
        assertThat(breaker.found(probe, Finding.HUNG)).isEqualTo(Change.NONE);
        assertThat(breaker.found(early, Finding.SERVED)).isEqualTo(Change.NONE);
        assertThat(breaker.isClosed()).isFalse();
    }

    @Test
    void hangsOfOlderCallers_doNotOpenItAgain() {
        Pass one = pass();
        Pass two = pass();
        breaker.found(probe(), Finding.SERVED);

        breaker.found(one, Finding.HUNG);
        breaker.found(two, Finding.HUNG);

        assertThat(breaker.isClosed()).isTrue();
    }

    /** Opens it and lets a second pass. */
    private Pass probe() {
        find(Finding.UNREACHABLE);
        now.addAndGet(1_000);
        return pass();
    }

    private Change find(Finding finding) {
        return breaker.found(pass(), finding);
    }

    private Pass pass() {
        return Optional.ofNullable(breaker.enter()).orElseThrow();
    }
}
