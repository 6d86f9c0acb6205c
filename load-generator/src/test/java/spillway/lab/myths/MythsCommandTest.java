package spillway.lab.myths;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class MythsCommandTest {

    private final StringWriter screen = new StringWriter();

    private record Fake(String claim, Finding finding) implements Myth {
        @Override
        public Finding examine() throws IOException {
            if (finding.measured().isEmpty()) {
                throw new IOException("no figures");
            }
            return finding;
        }
    }

    @Test
    void eachClaim_isFollowedByItsFiguresAndItsVerdict() {
        Myth myth = new Fake("Pigs fly.", new Finding(List.of("0 m above ground"), Verdict.FALSE, "they stand"));

        assertThat(MythsCommand.examine(List.of(myth), new PrintWriter(screen))).isZero();

        assertThat(screen).hasToString("\"Pigs fly.\"\n    0 m above ground\n  FALSE: they stand\n\n");
    }

    @Test
    void anExperimentThatFails_isSaid_andTheOthersGoOn() {
        Myth broken = new Fake("It works.", new Finding(List.of(), Verdict.TRUE, ""));
        Myth myth = new Fake("Pigs fly.", new Finding(List.of("0 m"), Verdict.FALSE, "they stand"));

        assertThat(MythsCommand.examine(List.of(broken, myth), new PrintWriter(screen)))
                .isEqualTo(1);

        assertThat(screen.toString()).contains("not examined: no figures").contains("FALSE: they stand");
    }
}
