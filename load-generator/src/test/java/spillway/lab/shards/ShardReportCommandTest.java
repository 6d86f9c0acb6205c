package spillway.lab.shards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import spillway.lab.stack.NoStack;

class ShardReportCommandTest {

    private final StringWriter said = new StringWriter();
    private final StringWriter complained = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new ShardReportCommand())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(complained))
                .execute(arguments);
    }

    @ParameterizedTest
    @CsvSource({
        "--key, shoe",
        "--population, sideways",
        "--to, 8",
        "--from, 0",
        "--to, 1025",
        "--writes, 0",
        "--users, 5000001",
        "--graph, nowhere.edges",
        "--csv, nowhere.csv",
        "--json, nowhere/shards.json",
        "--html, nowhere/shards.html"
    })
    void whatCannotBeComparedOrWritten_isUsage(String option, String value) {
        assertThat(run(option, value)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(complained.toString()).contains(value);
    }

    @Test
    void twoSourcesAtOnce_areUsage() {
        assertThat(run("--graph", "a", "--csv", "b")).isEqualTo(CommandLine.ExitCode.USAGE);
    }

    @Test
    void aGraph_isCompared_withoutWhatItDoesNotSay(@TempDir Path folder) throws IOException {
        Path graph = Files.writeString(folder.resolve("small.edges"), "1 0\n2,0\n1 2\n");
        Path html = folder.resolve("shards.html");
        Path json = folder.resolve("shards.json");

        assertThat(run("--graph", graph.toString(), "--html", html.toString(), "--json", json.toString()))
                .isZero();
        assertThat(said.toString()).contains("3 edges of small.edges", "no times", "slot map");
        assertThat(json).content().contains("\"writes\" : 3").doesNotContain("\"key\" : \"time\"");
        assertThat(html).content().contains("3 edges of small.edges");
        assertThat(run("--graph", graph.toString(), "--key", "time")).isEqualTo(CommandLine.ExitCode.USAGE);
    }

    @Test
    void live_withoutAStack_isNotUsage() {
        assertThat(new CommandLine(new ShardReportCommand())
                        .setExecutionExceptionHandler((failure, command, parsed) -> failure instanceof NoStack ? 3 : 1)
                        .execute("--live"))
                .isEqualTo(3);
    }

    @Test
    void aBadLine_isNamed(@TempDir Path folder) throws IOException {
        Path graph = Files.writeString(folder.resolve("bad.edges"), "1 0\nhello\n");

        assertThat(run("--graph", graph.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(complained.toString()).contains("line 2", "hello");
    }

    @Test
    void allKeys_areATableEach() {
        assertThat(run("--writes", "5000", "--users", "100", "--key", "all")).isZero();
        assertThat(said.toString())
                .contains("Shard key user", "Shard key post", "Shard key country", "Shard key time")
                .doesNotContain("Which shard key?");
    }
}
