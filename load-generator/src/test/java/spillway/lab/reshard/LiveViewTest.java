package spillway.lab.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import spillway.load.report.Table;
import tools.jackson.databind.json.JsonMapper;

class LiveViewTest {

    private final StringWriter out = new StringWriter();
    private Instant now = Instant.parse("2026-11-21T00:00:10Z");

    @Test
    void onATerminal_theLinesAreDrawnOverTheLastOnes() throws IOException {
        LiveView view = view(true);

        view.show(status("RUNNING", "BACKFILL"));
        assertThat(out.toString()).doesNotContain("\u001b");

        view.show(status("RUNNING", "VERIFY"));
        assertThat(out.toString()).contains("\u001b[4A\r\u001b[J");
    }

    @Test
    void elsewhere_onlyWhatChangesIsALine_andATotalEveryFiveSeconds() throws IOException {
        LiveView view = view(false);

        view.show(status("RUNNING", "BACKFILL"));
        view.show(status("RUNNING", "BACKFILL"));
        now = now.plusSeconds(5);
        view.show(status("RUNNING", "VERIFY"));

        assertThat(out.toString().lines().map(line -> line.split(" ", 2)[0]))
                .containsExactly("Reshard", "0->8", "total", "0->8", "total");
    }

    @Test
    void noLine_isWiderThanEightyColumns_howeverLargeTheNumbers() throws IOException {
        String large = PlayedService.status("ROLLING_BACK", "ROLLING_BACK", "\"" + "x".repeat(200) + "\"")
                .replace("\"source\":0,\"target\":8", "\"source\":10,\"target\":15")
                .replace("250", "99999999999")
                .replace("1000", "99999999999")
                .replace("40", "123456789")
                .replace("\"rows\":5", "\"rows\":123456789")
                .replace("\"differences\":0", "\"differences\":99999")
                .replace("\"handedOver\":64", "\"handedOver\":4096")
                .replace("256,", "4096,")
                .replace("22.0", "12345.6");

        assertThat(StatusTable.lines(Status.of(JsonMapper.shared().readTree(large)), now))
                .hasSize(5)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Table.WIDTH));
    }

    private LiveView view(boolean terminal) {
        InstantSource clock = () -> now;
        return new LiveView(new PrintWriter(out, true), terminal, clock);
    }

    private static Status status(String phase, String stage) throws IOException {
        return Status.of(JsonMapper.shared().readTree(PlayedService.status(phase, stage)));
    }
}
