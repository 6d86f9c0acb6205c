package spillway.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

class RepeatedViewsTest {

    private long now;
    private boolean wanted = true;
    private final RepeatedViews views = new RepeatedViews(() -> wanted, Duration.ofSeconds(5), 1_000, () -> now);

    @Test
    void sameUserOnSamePostWithin5Seconds_repeats_andEachRepetitionStartsThemAnew() {
        assertThat(repeats(1, 2)).isFalse();
        now += Duration.ofSeconds(4).toNanos();
        assertThat(repeats(1, 2)).isTrue();
        now += Duration.ofSeconds(4).toNanos();
        assertThat(repeats(1, 2)).isTrue();
        now += Duration.ofSeconds(5).toNanos();
        assertThat(repeats(1, 2)).isFalse();
    }

    @Test
    void othersNeverRepeat_alsoWhereTheyShareAPlace() {
        for (int user = 1; user <= 100; user++) {
            for (int post = 1; post <= 100; post++) {
                assertThat(repeats(post, user)).isFalse();
            }
        }
    }

    @Test
    void whileNobodyWantsIt_nothingRepeats() {
        wanted = false;
        assertThat(repeats(1, 2)).isFalse();
        assertThat(repeats(1, 2)).isFalse();
    }

    private boolean repeats(long post, long user) {
        return views.repeats(new PostId(post), new UserId(user));
    }
}
