package spillway.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import spillway.load.limit.Limit;
import spillway.load.oracle.Difference;
import spillway.load.oracle.Verdict;
import spillway.load.plan.Phase;
import spillway.load.run.PhaseResult;
import spillway.load.run.Quantiles;
import spillway.load.run.RunResult;
import spillway.load.run.RunResult.Collapse;
import spillway.load.run.Sent;
import spillway.load.run.Staleness;
import spillway.load.shed.NoLedger;
import spillway.load.threshold.Check;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HtmlTest {

    private static final Quantiles NONE = new Quantiles(0, 0, 0, 0, 0, 0);
    private static final Sent SENT = new Sent(
            Duration.ofSeconds(1),
            List.of(new PhaseResult(new Phase("steady", Duration.ofSeconds(1), 5), 5, 0, Map.of(), Map.of(), NONE)),
            Map.of(),
            Map.of(),
            NONE,
            NONE,
            0,
            0,
            0,
            0,
            0,
            List.of(),
            null);
    private static final RunResult RUN = run(List.of());

    private static RunResult run(List<Collapse> collapse) {
        return new RunResult(
                "steady",
                "http://127.0.0.1",
                1,
                SENT,
                Map.of(),
                new Staleness(NONE, 0, 0),
                Duration.ZERO,
                true,
                new Verdict(List.of(new Difference.PostMissing("1", "</script><script>alert(1)")), 0, 0, 0, 0, 0, 0),
                new NoLedger("no ledger was named"),
                collapse);
    }

    @Test
    void whatTheTargetSays_cannotLeaveItsPlace() {
        String page = Html.text(new Report("./spillway load", RUN, List.of()));

        assertThat(page).doesNotContain("</script><script>alert");
        assertThat(data(page).at("/oracle/differences/0").asString()).contains("</script><script>alert(1)");
    }

    @Test
    void thePage_asksForNothingElse() {
        assertThat(Html.text(new Report("./spillway load", RUN, List.of())))
                .doesNotContain("{{")
                .doesNotContainPattern("(?i)<(link|img|iframe)\\b|\\bsrc=|@import|fetch\\(|url\\(");
    }

    @Test
    void likesPerCounterWrite_areShownWhenSomebodyLooked() {
        RunResult looked = run(List.of(new Collapse(1, 12.5)));

        assertThat(data(Html.text(new Report("./spillway load", looked, List.of())))
                        .at("/likesPerCounterWrite/0/likesPerWrite")
                        .asDouble())
                .isEqualTo(12.5);
    }

    @Test
    void aMissedThreshold_failsTheReport() {
        RunResult kept = new RunResult(
                "steady",
                "http://127.0.0.1",
                1,
                SENT,
                Map.of(),
                new Staleness(NONE, 0, 0),
                Duration.ZERO,
                true,
                new Verdict(List.of(), 0, 0, 0, 0, 0, 0),
                new NoLedger("no ledger was named"),
                List.of());

        assertThat(new Report("", kept, List.of(new Check("failed=0", "0", true))).passed())
                .isTrue();
        assertThat(new Report("", kept, List.of(new Check("failed=0", "1", false))).passed())
                .isFalse();
        assertThat(new Report("", kept, List.of(), new Limit<>(List.of())).passed())
                .isFalse();
    }

    private static JsonNode data(String page) {
        Matcher script =
                Pattern.compile("id=\"report\">(.*?)</script>", Pattern.DOTALL).matcher(page);
        assertThat(script.find()).isTrue();
        return JsonMapper.shared().readTree(script.group(1));
    }
}
