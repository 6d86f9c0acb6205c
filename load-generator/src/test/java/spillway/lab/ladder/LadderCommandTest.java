package spillway.lab.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class LadderCommandTest {

    @ParameterizedTest
    @CsvSource({
        "--pattern, sideways",
        "--rung, top",
        "--expect, p99",
        "--json, nowhere/ladder.json",
        "--html, nowhere/ladder.html"
    })
    void whatCannotBeClimbedOrWritten_isUsage_beforeAnythingIsMeasured(String option, String value) {
        StringWriter said = new StringWriter();
        CommandLine command = new CommandLine(new LadderCommand()).setErr(new PrintWriter(said));

        assertThat(command.execute(option, value)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(said.toString()).contains(value);
    }
}
