package spillway.batcher.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    private Console console(boolean terminal) {
        return new Console(new PrintStream(shown, true, StandardCharsets.UTF_8), terminal);
    }

    @Test
    void progress_tellsRateAndTimeLeft() {
        assertThat(Console.line("likes", 250_000, 1_000_000, 50_000))
                .isEqualTo("  likes      250,000 of 1,000,000  50,000/s  15 s left");
        assertThat(Console.line("likes", 1_000_000, 1_000_000, 50_000)).doesNotContain("left");
    }

    @Test
    void inALog_whatIsQuick_isNotTold() {
        Console console = console(false);
        console.progress("likes", 1, 10);
        console.progress("likes", 2, 10);
        console.say("done");

        assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("done" + System.lineSeparator());
    }
}
