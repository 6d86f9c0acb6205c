package spillway.chaos.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import spillway.chaos.reshard.Census.Fault;
import spillway.chaos.reshard.Census.Role;
import spillway.chaos.reshard.Census.Row;
import spillway.chaos.reshard.Standing.Open;

/** Twelve planted posts of which two were touched, and a new one; each mutant is one row that is not as it should be. */
class CensusTest {

    private static final long NEW = 77;
    private static final int SLOTS = 4;

    private final Planted planted = new Planted(12, 3);
    private final Ledger ledger = new Ledger(planted);
    private final List<Row> rows = new ArrayList<>();

    @BeforeEach
    void fill() {
        ledger.published(NEW, planted.user(0), 500);
        ledger.find(NEW).orElseThrow().begin(Open.COMMENT, 0);
        ledger.find(NEW).orElseThrow().commented(78);
        Account edited = ledger.ofPlanted(1);
        edited.begin(Open.EDIT, 501);
        edited.happened();
        Account deleted = ledger.ofPlanted(2);
        deleted.begin(Open.DELETE, 0);
        deleted.happened();
        for (int post = 0; post < 12; post++) {
            rows.add(new Row(planted.id(post), planted.author(post), planted.version(post), false, Text.of(post)));
        }
        rows.set(1, new Row(planted.id(1), planted.author(1), 2, false, Text.of(501)));
        rows.set(2, new Row(planted.id(2), planted.author(2), 2, true, ""));
        rows.add(new Row(NEW, planted.user(0), 1, false, Text.of(500)));
    }

    @Test
    void everyRowAsAcknowledged_isClean() {
        Census.Result result = taken(census());

        assertThat(result.faults()).isEmpty();
        assertThat(result.posts()).isEqualTo(13);
        assertThat(result.comments()).isEqualTo(3);
    }

    @Test
    void missingRow_isLost_plantedOrTouched() {
        rows.remove(12);
        rows.remove(5);
        assertThat(faults()).isEqualTo(Map.of(Fault.LOST, 2L));
    }

    @Test
    void olderVersion_isStale() {
        change(1, row -> new Row(row.id(), row.author(), 1, false, Text.of(1)));
        assertThat(faults()).isEqualTo(Map.of(Fault.STALE, 1L));
    }

    @Test
    void livingRowOfADeletedPost_isResurrected() {
        change(2, row -> new Row(row.id(), row.author(), 1, false, Text.of(2)));
        assertThat(faults()).isEqualTo(Map.of(Fault.RESURRECTED, 1L));
    }

    @Test
    void oneOtherCharacter_isAltered() {
        change(
                7,
                row -> new Row(
                        row.id(),
                        row.author(),
                        row.version(),
                        false,
                        "X" + Text.of(7).substring(1)));
        assertThat(faults()).isEqualTo(Map.of(Fault.ALTERED, 1L));
    }

    @Test
    void versionNobodyWrote_isAltered() {
        change(7, row -> new Row(row.id(), row.author(), 9, false, row.content()));
        assertThat(faults()).isEqualTo(Map.of(Fault.ALTERED, 1L));
    }

    @Test
    void rowOnTwoOwners_isDoubled() {
        rows.add(rows.get(3));
        assertThat(faults()).isEqualTo(Map.of(Fault.DOUBLED, 1L));
    }

    @Test
    void rowNobodyWrote_isUnwritten() {
        rows.add(new Row(99, planted.user(0), 1, false, "?"));
        assertThat(faults()).isEqualTo(Map.of(Fault.UNWRITTEN, 1L));
    }

    @Test
    void rowWhereTheSlotIsNotKnown_isLeftBehind_andAReplicasIsNot() {
        Census census = census();
        census.post(1, Role.NONE, rows.getFirst());
        census.post(1, Role.REPLICA, rows.getFirst());
        assertThat(taken(census).faults()).isEqualTo(Map.of(Fault.LEFT_BEHIND, 1L));
    }

    @Test
    void slotOfTwoShards_orOfNone_isAFault() {
        Census census = new Census(ledger);
        IntStream.of(0, 1, 1, 2).forEach(slot -> census.owner(slot, 0));
        assertThat(taken(census).faults()).isEqualTo(Map.of(Fault.TWO_OWNERS, 1L, Fault.NO_OWNER, 1L));
    }

    @Test
    void commentThatIsMissing_orThatNobodyMade_isAFault() {
        Census census = census();
        rows.forEach(row -> census.post(0, Role.OWNER, row));
        census.comment(0, Role.OWNER, planted.id(0), planted.comment(0));
        census.comment(0, Role.OWNER, planted.id(10), planted.comment(10));
        census.comment(0, Role.OWNER, planted.id(3), 5);
        assertThat(census.result(SLOTS).faults())
                .isEqualTo(Map.of(Fault.COMMENT_LOST, 1L, Fault.COMMENT_UNWRITTEN, 1L));
    }

    private void change(int row, UnaryOperator<Row> how) {
        rows.set(row, how.apply(rows.get(row)));
    }

    private Map<Fault, Long> faults() {
        return taken(census()).faults();
    }

    private Census census() {
        Census census = new Census(ledger);
        IntStream.range(0, SLOTS).forEach(slot -> census.owner(slot, 0));
        return census;
    }

    private Census.Result taken(Census census) {
        rows.forEach(row -> census.post(0, Role.OWNER, row));
        census.comment(0, Role.OWNER, planted.id(0), planted.comment(0));
        census.comment(0, Role.OWNER, planted.id(10), planted.comment(10));
        census.comment(0, Role.OWNER, NEW, 78);
        return census.result(SLOTS);
    }
}
