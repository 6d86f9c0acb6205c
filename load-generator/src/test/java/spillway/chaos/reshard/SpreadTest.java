package spillway.chaos.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import spillway.lab.reshard.Stage;

class SpreadTest {

    private final Spread spread = new Spread(12);

    @Test
    void aStage_isDueUntilItHadItsShare() {
        spread.struck(Set.of(Stage.BACKFILL));
        assertThat(spread.isDue(Set.of(Stage.BACKFILL))).isTrue();

        spread.struck(Set.of(Stage.BACKFILL));
        assertThat(spread.isDue(Set.of(Stage.BACKFILL))).isFalse();
        assertThat(spread.isDue(Set.of(Stage.SEAL))).isTrue();
    }

    @Test
    void aStageThatLacksItsShare_isDueBesideOneThatHadIt() {
        spread.struck(Set.of(Stage.BACKFILL));
        spread.struck(Set.of(Stage.BACKFILL));

        assertThat(spread.isDue(Set.of(Stage.BACKFILL, Stage.MIRROR))).isTrue();
    }

    @Test
    void aStrikeOnSeveral_countsForEach() {
        spread.struck(EnumSet.of(Stage.BACKFILL, Stage.VERIFY));

        assertThat(spread.byStage()).isEqualTo(Map.of(Stage.BACKFILL, 1, Stage.VERIFY, 1));
    }

    @Test
    void whenAllHadTheirShare_theLastStageTakesWhatIsLeft() {
        spread.struck(EnumSet.allOf(Stage.class));
        spread.struck(EnumSet.allOf(Stage.class));

        for (Stage stage : EnumSet.complementOf(EnumSet.of(Stage.FINISHING))) {
            assertThat(spread.isDue(Set.of(stage))).as(stage.name()).isFalse();
        }
        assertThat(spread.isDue(Set.of(Stage.FINISHING))).isTrue();
    }
}
