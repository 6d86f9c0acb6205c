package spillway.batcher.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeatTallyTest {

    @Test
    void operations_areToldByHowManyTheirPostHad() {
        Fold fold = new Fold();
        for (int member = 1; member <= 100; member++) {
            fold.put(1, member, true, 0, 10);
        }
        fold.put(2, 1, true, 0, 20);
        fold.put(2, 1, false, 0, 30);
        fold.put(3, 1, true, 0, 40);
        HeatTally tally = new HeatTally();
        tally.add(fold);

        assertThat(tally.of(Heat.VIRAL)).isEqualTo(new HeatTally.Share(100, 1, 1_000));
        assertThat(tally.of(Heat.WARM)).isEqualTo(new HeatTally.Share(2, 1, 50));
        assertThat(tally.of(Heat.COLD)).isEqualTo(new HeatTally.Share(1, 1, 40));
    }
}
