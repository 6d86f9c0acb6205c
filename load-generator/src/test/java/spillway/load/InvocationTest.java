package spillway.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvocationTest {

    @Test
    void theCommand_canBePastedIntoAShell() {
        Invocation invocation = new Invocation(
                new PrintWriter(Writer.nullWriter()),
                List.of("steady", "--rate", "50", "--expect", "posts.p99<250ms", "--json", "it's.json"));

        assertThat(invocation.command())
                .isEqualTo("./spillway load steady --rate 50 --expect 'posts.p99<250ms' --json 'it'\\''s.json'");
    }
}
