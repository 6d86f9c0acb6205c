package spillway.stack.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import spillway.stack.process.StackFailure;

class MainTest {

    @Test
    void everythingAfterLoad_isForTheLoadGenerator() {
        CommandLine load = Main.commandLine()
                .parseArgs("load", "trace", "--trace", "x.csv", "--help")
                .subcommand()
                .commandSpec()
                .commandLine();

        LoadCommand command = load.getCommand();
        assertThat(command.arguments()).containsExactly("trace", "--trace", "x.csv", "--help");
    }

    @Test
    void everythingAfterRebuildCounters_isForTheBatcher() {
        CommandLine rebuild = Main.commandLine()
                .parseArgs("rebuild-counters", "--keep-old", "--spring.data.redis.port=6379")
                .subcommand()
                .commandSpec()
                .commandLine();

        RebuildCommand command = rebuild.getCommand();
        assertThat(command.arguments()).containsExactly("--keep-old", "--spring.data.redis.port=6379");
    }

    @Test
    void anUnknownOption_isUsage() {
        CommandLine commandLine = Main.commandLine();
        StringWriter said = new StringWriter();
        commandLine.setErr(new PrintWriter(said));

        assertThat(commandLine.execute("down", "--everything")).isEqualTo(Main.USAGE);
        assertThat(said.toString()).contains("--everything").contains("Usage: spillway down");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "up", "down", "status", "logs"})
    void help_isShown_andNothingIsDone(String command) {
        CommandLine commandLine = Main.commandLine();
        StringWriter said = new StringWriter();
        commandLine.setOut(new PrintWriter(said));

        assertThat(commandLine.execute(command, "--help")).isZero();
        assertThat(said.toString()).contains("Usage: spillway " + command).contains("--help");
    }

    @Test
    void aFailure_isItsLineAndItsEvidence_notAStackTrace() {
        @CommandLine.Command(name = "fail")
        final class Failing implements Runnable {
            @Override
            public void run() {
                throw new StackFailure("the dam is dry", List.of("no rain"));
            }
        }
        CommandLine commandLine = Main.commandLine().addSubcommand(new Failing());
        StringWriter said = new StringWriter();
        commandLine.setErr(new PrintWriter(said));

        assertThat(commandLine.execute("fail")).isEqualTo(Main.FAILED);
        assertThat(said.toString().lines()).containsExactly("the dam is dry", "  | no rain");
    }
}
