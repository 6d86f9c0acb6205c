package spillway.content.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FewWordsTest {

    private long now = Long.MAX_VALUE - 1;
    private final FewWords words = new FewWords(Duration.ofSeconds(1), () -> now);
    private final List<String> said = new ArrayList<>();

    @Test
    void theFirstIsSaid_andNoneUntilThePauseIsOver() {
        say("first");
        now += Duration.ofMillis(999).toNanos();
        say("too soon");
        now += Duration.ofMillis(1).toNanos();
        say("second");
        say("at once");

        assertThat(said).containsExactly("first", "second");
    }

    private void say(String what) {
        words.say(() -> said.add(what));
    }
}
