package spillway.lab.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReshardCommandTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T00:01:05Z"));

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void start_isShownUntilTheCutover_andSaysWhatNow() throws IOException {
        try (PlayedService service = new PlayedService(
                PlayedService.status("RUNNING", "BACKFILL"),
                PlayedService.status("RUNNING", "SEAL"),
                PlayedService.status("CUT_OVER", "NEW"))) {
            assertThat(reshard(service, "--to", "16")).isZero();
            assertThat(service.told()).contains("POST /admin/reshards {\"to\":16,\"plan\":\"even\"}");
        }
        assertThat(out.toString())
                .contains("Reshard 1: 8 to 16 shards, even  running  1:05", "0->8    backfill", "0->8    seal")
                .contains("reshard finish", "reshard rollback");
    }

    @Test
    void split_namesBothShards_andLeavesTheThrottleOnlyWhenTold() throws IOException {
        try (PlayedService service = new PlayedService(PlayedService.status("CUT_OVER", "NEW"))) {
            assertThat(reshard(service, "split", "3", "--onto", "8", "--no-throttle"))
                    .isZero();
            assertThat(service.told()).contains("POST /admin/reshards {\"split\":3,\"onto\":8,\"throttle\":false}");
        }
    }

    @Test
    void withFinish_itIsFinishedAfterTheCutover_andWatchedToTheEnd() throws IOException {
        Path json = folder.resolve("last.json");
        try (PlayedService service = new PlayedService(
                PlayedService.status("CUT_OVER", "NEW"),
                PlayedService.status("CUT_OVER", "NEW"),
                PlayedService.status("FINISHING", "NEW"),
                PlayedService.status("DONE", "DONE"))) {
            assertThat(reshard(service, "--to", "16", "--finish", "--json", json.toString()))
                    .isZero();
            assertThat(service.told()).contains("POST /admin/reshards/1/finish");
        }
        assertThat(Files.readString(json)).contains("\"state\" : \"DONE\"");
    }

    @Test
    void moveThatHalts_isAFailure_withItsReason() throws IOException {
        try (PlayedService service =
                new PlayedService(PlayedService.status("HALTED", "VERIFY", "\"post 17 differs\""))) {
            assertThat(reshard(service, "--to", "16")).isEqualTo(1);
        }
        assertThat(out.toString()).contains("Halted", "reshard resume");
    }

    @Test
    void refusal_isItsReason_andExitCode1() throws IOException {
        try (PlayedService service = new PlayedService(PlayedService.status("RUNNING", "MIRROR"))) {
            service.refuse("a reshard runs already");
            assertThat(reshard(service, "--to", "16")).isEqualTo(1);
        }
        assertThat(err.toString()).isEqualToIgnoringNewLines("a reshard runs already");
    }

    @Test
    void rollbackThatEndsOtherwise_isAFailure() throws IOException {
        try (PlayedService service = new PlayedService(
                PlayedService.status("ROLLING_BACK", "ROLLING_BACK"), PlayedService.status("DONE", "DONE"))) {
            assertThat(reshard(service, "rollback")).isEqualTo(1);
            assertThat(service.told()).contains("POST /admin/reshards/1/rollback");
        }
    }

    @Test
    void finish_goesOnToItsEnd_althoughTheFirstAnswerStillSaysCutOver() throws IOException {
        try (PlayedService service =
                new PlayedService(PlayedService.status("CUT_OVER", "NEW"), PlayedService.status("DONE", "DONE"))) {
            assertThat(reshard(service, "finish")).isZero();
        }
    }

    @Test
    void status_isATable() throws IOException {
        try (PlayedService service = new PlayedService(PlayedService.status("PAUSED", "VERIFY"))) {
            assertThat(reshard(service, "status")).isZero();
        }
        assertThat(out.toString()).contains("0->8    verify       [#####     ]  50%");
    }

    @Test
    void shards_areListedWithTheirSlots() throws IOException {
        try (PlayedService service = new PlayedService(PlayedService.status("DONE", "DONE"))) {
            assertThat(reshard(service, "shards")).isZero();
        }
        assertThat(out.toString().lines()).contains("    0    512  0-511", "    8      0  none  not reachable");
    }

    @Test
    void tokenOfAnEarlierGateway_isFetchedAnew() throws IOException {
        try (PlayedService service = new PlayedService(PlayedService.status("PAUSED", "VERIFY"))) {
            service.refuseTokens(1);
            assertThat(reshard(service, "status")).isZero();
        }
    }

    @Test
    void withoutAStack_itIsNotReachable() {
        assertThat(reshard(Map.of(), "status")).isEqualTo(3);
        assertThat(err.toString()).contains("no stack is up");
    }

    @Test
    void addressesOfAStackInContainers_areEnough() throws IOException {
        try (PlayedService service = new PlayedService(PlayedService.status("PAUSED", "VERIFY"))) {
            Map<String, String> addresses =
                    Map.of("SPILLWAY_RESHARD_GATEWAYURL", service.url(), "SPILLWAY_RESHARD_CONTENTURL", service.url());

            assertThat(reshard(addresses, "status")).isZero();
        }
    }

    @Test
    void serviceThatIsGone_isNotReachable() throws IOException {
        PlayedService service = new PlayedService(PlayedService.status("PAUSED", "VERIFY"));
        service.close();
        assertThat(reshard(service, "status")).isEqualTo(3);
    }

    @Test
    void whatMakesNoSense_isUsage() throws IOException {
        try (PlayedService service = new PlayedService(PlayedService.status("DONE", "DONE"))) {
            assertThat(reshard(service)).isEqualTo(2);
            assertThat(reshard(service, "--to", "16", "--plan", "odd")).isEqualTo(2);
            assertThat(reshard(service, "--to", "16", "--finish", "--wait")).isEqualTo(2);
            assertThat(reshard(service, "split", "3")).isEqualTo(2);
            assertThat(service.told()).isEmpty();
        }
    }

    private int reshard(PlayedService service, String... arguments) {
        return reshard(service.environment(), arguments);
    }

    private int reshard(Map<String, String> environment, String... arguments) {
        return new CommandLine(new ReshardCommand(environment, CLOCK, Duration.ofMillis(1)))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
