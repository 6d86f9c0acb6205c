package spillway.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import spillway.load.fake.FakeApi;
import spillway.load.fake.Misbehaviour.Forgets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command as people and scripts meet it: what it prints, and what it ends with. */
@Execution(ExecutionMode.CONCURRENT)
class LoadGeneratorTest {

    private static final List<String> SMALL = List.of(
            "--rate",
            "100",
            "--duration",
            "1s",
            "--users",
            "50",
            "--posts",
            "10",
            "--warm-up",
            "300ms",
            "--drain",
            "10s");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aKeptPromise_endsWithZero(@TempDir Path folder) throws IOException {
        Path report = folder.resolve("report.json");
        try (FakeApi api = new FakeApi()) {
            int code = blackFriday(api, "--json", report.toString());

            assertThat(code).as("%s%s", out, err).isZero();
        }
        assertThat(out.toString()).contains("Oracle: PASS").contains("exact").contains("books balanced");
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
        assertThat(out.toString()).doesNotContain("\u001b").doesNotContain("\r");
        JsonNode json = JsonMapper.shared().readTree(Files.readString(report));
        assertThat(json.at("/oracle/passed").booleanValue()).isTrue();
        assertThat(json.at("/classes/likes/requests/offered").asLong())
                .isEqualTo(json.at("/classes/likes/requests/accepted").asLong())
                .isPositive();
        assertThat(json.at("/classes/likes/latencyMillis/p99").asDouble()).isPositive();
        assertThat(folder).isDirectoryContaining(report::equals);
    }

    @Test
    void aBrokenPromise_endsWithOneAndNamesThePosts() throws IOException {
        try (FakeApi api = new FakeApi().misbehave("PUT .*/like", 3, new Forgets())) {
            assertThat(blackFriday(api)).isEqualTo(1);
        }
        assertThat(out.toString()).contains("Oracle: FAIL").containsPattern("post \\d+: expected \\d+ likes, is \\d+");
    }

    @Test
    void whatTheGatewayShed_isComparedWithWhatClientsWereTold(@TempDir Path folder) throws IOException {
        Path report = folder.resolve("report.json");
        try (FakeApi api = new FakeApi().limit(30)) {
            // Named twice, as by a user and by the launcher: it is one gateway.
            blackFriday(
                    api,
                    "--shed-ledger",
                    api.shedLedger(),
                    "--shed-ledger",
                    api.shedLedger(),
                    "--json",
                    report.toString());
        }
        assertThat(out.toString()).containsPattern("likes +level +\\d+ +\\d+").contains("clients were told the same");
        JsonNode json = JsonMapper.shared().readTree(Files.readString(report));
        assertThat(json.at("/shed/agrees").booleanValue()).isTrue();
        assertThat(json.at("/shed/balances"))
                .anySatisfy(balance -> assertThat(balance.path("clients").asLong())
                        .isEqualTo(json.at("/classes/likes/requests/shed").asLong())
                        .isPositive());
    }

    @Test
    void ledgerThatCannotBeReached_failsNothing() throws IOException {
        try (FakeApi api = new FakeApi()) {
            assertThat(blackFriday(api, "--shed-ledger", api.url() + "/none")).isZero();
        }
        assertThat(out.toString()).contains("shed       ledger not reachable at http://127.0.0.1:");
    }

    @Test
    void aTrace_endsWithZeroWhenEveryLikeCounts(@TempDir Path folder) throws IOException {
        Path trace = folder.resolve("trace.csv");
        Files.writeString(trace, "offset_seconds,kind,post,author,user\n0,post,a,1,1\n5,like,a,1,2\n6,like,a,1,2\n");
        try (FakeApi api = new FakeApi()) {
            assertThat(execute("trace", "--trace", trace.toString(), "--speedup", "10", "--base-url", api.url()))
                    .as("%s%s", out, err)
                    .isZero();
        }
        assertThat(out.toString()).contains("Oracle: PASS  1 likes on 1 posts exact");
    }

    @Test
    void aMalformedTrace_endsWithTwoAndNamesTheLine(@TempDir Path folder) throws IOException {
        Path trace = folder.resolve("trace.csv");
        Files.writeString(trace, "offset_seconds,kind,post,author,user\n0,post,a,1,1\n5,hug,a,1,2\n");

        assertThat(execute("trace", "--trace", trace.toString())).isEqualTo(2);
        assertThat(err.toString())
                .startsWith(trace + ": line 3: the kind is neither post, like nor reshare: \"hug\"")
                .contains("Usage: load trace");
    }

    @Test
    void aMissingTrace_endsWithTwo(@TempDir Path folder) {
        assertThat(execute("trace", "--trace", folder.resolve("none.csv").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("there is no such file").contains("Usage: load trace");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cyber-monday",
                "black-friday --rate 0",
                "black-friday --rate fast",
                "black-friday --duration soon",
                "black-friday --duration 500ms",
                "black-friday --users 0",
                "black-friday --timeout 0s",
                "black-friday --max-in-flight 0",
                "metastable --naive-retries -1",
                "metastable --naive-retries 101",
                "black-friday --json /no/such/folder/report.json",
                "black-friday --base-url http://192.0.2.1",
                "black-friday --base-url nonsense",
                "black-friday --shed-ledger http://192.0.2.1/actuator/shed",
                "black-friday --rate nan",
                "black-friday --rate -5",
                "black-friday --rate 200001",
                "black-friday --rate 100000 --peak 4",
                "black-friday --peak 0.5",
                "black-friday --peak 1e9",
                "black-friday --mix likes=0",
                "black-friday --mix hugs=1",
                "black-friday --popularity fame",
                "black-friday --expect p99",
                "black-friday --expect shares.p99<1s",
                "black-friday --html /no/such/folder/report.html",
                "black-friday --find-limit",
                "steady --peak 2",
                "steady --rate 0.5 --find-limit",
                "steady --find-limit --trial 0s",
                "steady --find-limit --find-limit-time 1s",
                "steady --find-limit --hlog limit.hlog",
                "trace",
                "trace --trace pom.xml",
                "trace --trace pom.xml --speedup 0"
            })
    void wrongUsage_endsWithTwoAndShowsUsage(String line) {
        assertThat(execute(line.isEmpty() ? new String[0] : line.split(" ", -1)))
                .isEqualTo(2);
        assertThat(err.toString()).contains("Usage: load");
    }

    @ParameterizedTest
    @CsvSource({
        "--rate, -1",
        "--rate, 1e9",
        "--duration, 0s",
        "--users, 0",
        "--posts, -1",
        "--mix, likes=0",
        "--popularity, fame",
        "--peak, 0",
        "--expect, p99<soon",
        "--max-in-flight, 0",
        "--timeout, 0s",
        "--hlog, /no/such/folder/x.hlog"
    })
    void whatMakesNoSense_isRefusedByTheNameOfItsFlag(String flag, String value) {
        assertThat(execute("spike", flag, value)).isEqualTo(2);
        assertThat(err.toString().lines().findFirst().orElseThrow()).contains(flag);
    }

    @Test
    void aMissedThreshold_endsWithOneAndIsNamed() throws IOException {
        try (FakeApi api = new FakeApi()) {
            assertThat(blackFriday(api, "--expect", "likes.p99<1us", "--expect", "failed=0"))
                    .isEqualTo(1);
        }
        assertThat(out.toString())
                .contains("Oracle: PASS")
                .containsPattern("Threshold missed: likes.p99<1us is [\\d,.]+ ms")
                .contains("met     failed=0 is 0");
    }

    @Test
    void everyFileThatIsAskedFor_isWritten(@TempDir Path folder) throws IOException {
        Path html = folder.resolve("report.html");
        Path hlog = folder.resolve("latency.hlog");
        try (FakeApi api = new FakeApi()) {
            assertThat(blackFriday(api, "--html", html.toString(), "--hlog", hlog.toString()))
                    .as("%s%s", out, err)
                    .isZero();
        }
        assertThat(html)
                .content()
                .contains("black-friday")
                .doesNotContain("{{report}}")
                .doesNotContain("src=");
        long likes = 0;
        try (HistogramLogReader reader = new HistogramLogReader(hlog.toFile())) {
            while (reader.hasNext()) {
                EncodableHistogram interval = reader.nextIntervalHistogram();
                if (interval instanceof Histogram histogram && "likes".equals(histogram.getTag())) {
                    likes += histogram.getTotalCount();
                }
            }
        }
        assertThat(likes).isPositive();
    }

    @Test
    void theLimitOfAServerThatIsSlowAboveARate_isFound(@TempDir Path folder) throws IOException {
        Path report = folder.resolve("limit.json");
        try (FakeApi api = new FakeApi().limit(100)) {
            int code = execute(
                    "steady",
                    "--find-limit",
                    "--base-url",
                    api.url(),
                    "--rate",
                    "40",
                    "--trial",
                    "1s",
                    "--warm-up",
                    "1s",
                    "--users",
                    "200",
                    "--posts",
                    "10",
                    "--expect",
                    "shed<=5%",
                    "--find-limit-time",
                    "20s",
                    "--json",
                    report.toString());

            assertThat(code).as("%s%s", out, err).isZero();
        }
        assertThat(out.toString()).containsPattern("Limit: [\\d,]+/s passed, [\\d,]+/s did not");
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
        JsonNode limit = JsonMapper.shared().readTree(Files.readString(report)).path("limit");
        assertThat(limit.path("failedPerSecond").asDouble()).isBetween(40.0, 1_000.0);
        assertThat(limit.path("trials").size()).isGreaterThan(3);
    }

    @Test
    void aTargetThatGoesAway_endsWithThreeAndStillShowsTheBooks() throws Exception {
        try (FakeApi api = new FakeApi()) {
            Thread.ofVirtual().start(() -> {
                api.awaitPosts(11);
                api.vanish();
            });
            assertThat(execute(
                            "steady",
                            "--base-url",
                            api.url(),
                            "--rate",
                            "200",
                            "--users",
                            "50",
                            "--posts",
                            "10",
                            "--give-up",
                            "1s"))
                    .isEqualTo(3);
        }
        assertThat(out.toString())
                .containsPattern("total +\\d+")
                .contains("Target lost after")
                .contains("refused");
    }

    @Test
    void aTargetThatIsNotThere_endsWithThree() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        assertThat(execute("black-friday", "--base-url", "http://127.0.0.1:" + closed))
                .isEqualTo(3);
        assertThat(err.toString())
                .contains("http://127.0.0.1:" + closed + " is not ready")
                .contains("refused");
    }

    @Test
    void theScenarios_areListedOnePerLine() {
        assertThat(execute("--list")).isZero();
        assertThat(out.toString())
                .hasLineCount(12)
                .contains("black-friday")
                .contains("trace")
                .contains("steady");
    }

    @Test
    void help_fitsEightyColumns() {
        assertThat(execute("black-friday", "--help")).isZero();
        assertThat(execute("--help")).isZero();
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
    }

    private int blackFriday(FakeApi api, String... more) {
        List<String> args = new ArrayList<>(List.of("black-friday", "--base-url", api.url()));
        args.addAll(SMALL);
        args.addAll(List.of(more));
        return execute(args.toArray(String[]::new));
    }

    private int execute(String... args) {
        return LoadGenerator.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
