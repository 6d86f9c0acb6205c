package spillway.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import spillway.load.plan.TrafficClass;
import spillway.load.shed.NoLedger;
import spillway.load.shed.ShedBooks;
import spillway.load.shed.ShedBooks.Balance;
import spillway.load.shed.ShedBooks.Line;

class ShedTableTest {

    @Test
    void eachClassAndReason_hasALine_andTheCheckIsTheLast() {
        ShedBooks books = new ShedBooks(
                List.of(
                        new Line(TrafficClass.LIKES, "level", 812, 812),
                        new Line(TrafficClass.VIEWS, "sampled", 9_120, 9_120)),
                List.of(
                        new Balance(TrafficClass.LIKES, 812, 812, 0),
                        new Balance(TrafficClass.VIEWS, 9_120, 9_120, 3)));

        assertThat(ShedTable.lines(books))
                .containsExactly(
                        "shed by the gateway       count    weight",
                        "  likes    level            812       812",
                        "  views    sampled        9,120     9,120",
                        "  clients were told the same");
    }

    @Test
    void classInWhichBothSidesDiffer_isNamed_withinTheWidthOfATerminal() {
        ShedBooks books = new ShedBooks(
                List.of(new Line(TrafficClass.COMMENTS, "address_quota", 100_000, 100_000)),
                List.of(
                        new Balance(TrafficClass.POSTS, 1, 1, 0),
                        new Balance(TrafficClass.COMMENTS, 100_000, 99_999, 0)));

        assertThat(ShedTable.lines(books))
                .allMatch(line -> line.length() <= Table.WIDTH)
                .endsWith("  comments: the gateway told 100,000, clients heard 99,999; others sent, too?")
                .doesNotContain("  clients were told the same");
    }

    @Test
    void nothingShed_isSaid_andSoIsThatNobodyKnows() {
        assertThat(ShedTable.lines(new ShedBooks(List.of(), List.of())))
                .containsExactly("shed       nothing, by the gateway's ledger and by what clients were told");
        assertThat(ShedTable.lines(new NoLedger("ledger not reachable at http://x")))
                .containsExactly("shed       ledger not reachable at http://x");
    }
}
