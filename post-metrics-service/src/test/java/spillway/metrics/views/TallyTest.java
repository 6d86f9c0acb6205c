package spillway.metrics.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TallyTest {

    private static final int VIEWS = 100_000;
    private static final int SEEDS = 200;

    @Test
    void countedViews_haveNoMargin() {
        assertThat(Tally.counted(1_000_000).margin()).isZero();
        assertThat(Tally.weighing(1)).isEqualTo(Tally.counted(1));
    }

    @Test
    void aViewThatStandsFor16_mayStandForFewer() {
        assertThat(Tally.weighing(16)).isEqualTo(new Tally(16, 240));
        assertThat(Tally.weighing(16).margin()).isEqualTo(31);
    }

    @Test
    void weightsOutside1To16_areNone() {
        assertThatThrownBy(() -> Tally.weighing(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tally.weighing(17)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SeenBy(1, 17)).isInstanceOf(IllegalArgumentException.class);
    }

    /** 95 of 100 are meant; fewer than 93 of 100 in 200 seeds would be chance once in ten. The seeds are fixed. */
    @Test
    void theTruth_isWithinTheMargin_of93SeedsIn100_atLeast() {
        int within = 0;
        double worst = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Tally sampled = sampled(new SplittableRandom(seed));
            long off = Math.abs(sampled.views() - VIEWS);
            within += off <= sampled.margin() ? 1 : 0;
            worst = Math.max(worst, (double) off / VIEWS);
        }
        assertThat(within).isGreaterThanOrEqualTo(SEEDS * 93 / 100).isLessThan(SEEDS);
        assertThat(worst).isLessThan(0.04);
    }

    /** As the edge does it: each view has the weight of its moment, and is kept by a chance of its own. */
    private static Tally sampled(SplittableRandom chance) {
        Tally kept = Tally.NONE;
        for (int view = 0; view < VIEWS; view++) {
            int weight = 1 + chance.nextInt(Tally.MOST_WEIGHT);
            if (chance.nextInt(weight) == 0) {
                kept = kept.plus(Tally.weighing(weight));
            }
        }
        return kept;
    }
}
