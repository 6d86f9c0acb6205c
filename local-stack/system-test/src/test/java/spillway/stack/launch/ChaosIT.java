package spillway.stack.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spillway.platform.wire.Wire;
import spillway.stack.server.Installation;

/** Chaos on the whole path of a like, short: the real processes, a few faults of each cheap kind. Invariants I2, I4, I7. */
class ChaosIT {

    @TempDir
    static Path folder;

    private static Installation installation;
    private static Map<StackPort, Integer> ports;
    private static LocalStack stack;

    @BeforeAll
    static void start() {
        installation = new Installation(Installation.find().root(), folder.resolve("state"));
        ports = new EnumMap<>(StackPort.class);
        Stream.of(StackPort.values()).forEach(port -> ports.put(port, unusedPort()));
        Folders folders = Folders.of(installation);
        new Blueprint(installation, ports, Secrets.of(folders), note -> {})
                .services(Extent.CHAOS).stream()
                        .map(service -> ExtractedService.of(service, installation))
                        .filter(service -> !Files.exists(service.jar()))
                        .forEach(service -> service.extract(installation));
        stack = LocalStack.start(installation, ports, Extent.CHAOS, event -> {});
    }

    private static int unusedPort() {
        int port = Wire.freePort();
        return ports.containsValue(port) ? unusedPort() : port;
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void aStormOfFaults_leavesEveryCountExact() throws IOException {
        Path report = folder.resolve("storm.json");

        int code = chaos(
                report,
                "--length=15s",
                "--every=2s",
                "--faults=kill-batcher,lose-replies,zombie=2,flush-redis,repeat-api,repeat-log,poison");

        assertThat(code).as(() -> said(report)).isZero();
        assertThat(Files.readString(report)).contains("\"passed\" : true", "\"done\" : true");
    }

    @Test
    void aCountThatIsChangedByHand_failsTheRun() {
        Path report = folder.resolve("tampered.json");

        int code = chaos(report, "--length=2s", "--every=1s", "--faults=reset", "--tamper");

        assertThat(code).isEqualTo(Main.FAILED);
        assertThat(said(report)).containsPattern("post number 0: expected \\d+ likes, is ");
    }

    /** How fast anything is on the machine that builds is no promise; that nothing is lost and nobody overtaken, is. */
    @Test
    void anOverload_andAStoppedRedis_leaveTheBooksExact_andTheClassesInOrder() {
        Path report = folder.resolve("overload.json");

        int code = run(
                "overload",
                "--seed=8",
                "--json=" + report,
                "--only=black-friday-12x,slow-redis",
                "--capacity=60",
                "--seconds=3");

        assertThat(code).as(() -> said(report)).isIn(0, Main.FAILED);
        assertThat(checks(report, "books and oracle")).hasSize(2).allMatch(ChaosIT::isKept);
        assertThat(checks(report, "no process restarted")).hasSize(2).allMatch(ChaosIT::isKept);
        assertThat(checks(report, "no inversion of classes")).hasSize(1).allMatch(check -> check.contains("\"0 in "));
        assertThat(checks(report, "the disturbance was made")).isEmpty();
    }

    private static List<String> checks(Path report, String promise) {
        return Pattern.compile("\\{[^{}]*\"" + promise + "\"[^{}]*}")
                .matcher(said(report))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static boolean isKept(String check) {
        return check.contains("\"kept\" : true");
    }

    private static int chaos(Path report, String... options) {
        return run(Stream.concat(Stream.of("likes", "--seed=8", "--rate=200", "--json=" + report), Stream.of(options))
                .toArray(String[]::new));
    }

    private static int run(String... words) {
        List<String> arguments = List.of(words);
        Folders folders = Folders.of(installation);
        return new LabProcess(installation, "chaos", arguments)
                .run(LabProcess.environment(RunState.read(folders.runState()), folders, ports));
    }

    private static String said(Path report) {
        try {
            return Files.readString(report);
        } catch (IOException e) {
            return "no report: " + e;
        }
    }
}
