package spillway.chaos.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import spillway.chaos.reshard.Standing.Open;

class SightTest {

    private static final Standing FIRST = standing(1, 10, Open.NONE);
    private static final Standing SECOND = standing(2, 20, Open.NONE);
    private static final Standing DELETED = new Standing(3, 20, true, Open.NONE, 0);

    @Test
    void acknowledgedVersion_orOneWrittenMeanwhile_isRight() {
        assertThat(Sight.of(FIRST, FIRST, 1, Text.of(10))).isEqualTo(Sight.RIGHT);
        assertThat(Sight.of(FIRST, SECOND, 1, Text.of(10))).isEqualTo(Sight.RIGHT);
        assertThat(Sight.of(FIRST, SECOND, 2, Text.of(20))).isEqualTo(Sight.RIGHT);
        assertThat(Sight.of(FIRST, standing(4, 40, Open.NONE), 3, "any")).isEqualTo(Sight.RIGHT);
    }

    @Test
    void openEdit_mayBeSeenBeforeItIsAcknowledged() {
        Standing editing = new Standing(1, 10, false, Open.EDIT, 20);
        assertThat(Sight.of(FIRST, editing, 2, Text.of(20))).isEqualTo(Sight.RIGHT);
        assertThat(Sight.of(FIRST, editing, 2, Text.of(21))).isEqualTo(Sight.ALTERED);
    }

    @Test
    void olderVersionThanAcknowledgedBeforeTheRead_isStale() {
        assertThat(Sight.of(SECOND, SECOND, 1, Text.of(10))).isEqualTo(Sight.STALE);
    }

    @Test
    void otherContent_orAVersionNobodyWrote_isAltered() {
        assertThat(Sight.of(FIRST, FIRST, 1, Text.of(11))).isEqualTo(Sight.ALTERED);
        assertThat(Sight.of(FIRST, FIRST, 2, Text.of(20))).isEqualTo(Sight.ALTERED);
        assertThat(Sight.of(FIRST, SECOND, 2, Text.of(10))).isEqualTo(Sight.ALTERED);
    }

    @Test
    void postDeletedBeforeTheRead_isResurrected_notOneDeletedMeanwhile() {
        assertThat(Sight.of(DELETED, DELETED, 2, Text.of(20))).isEqualTo(Sight.RESURRECTED);
        assertThat(Sight.of(SECOND, DELETED, 2, Text.of(20))).isEqualTo(Sight.RIGHT);
    }

    @Test
    void nothing_isRightOnlyWhereSomebodyDeletes() {
        assertThat(Sight.ofNothing(FIRST)).isEqualTo(Sight.LOST);
        assertThat(Sight.ofNothing(DELETED)).isEqualTo(Sight.RIGHT);
        assertThat(Sight.ofNothing(standing(1, 10, Open.DELETE))).isEqualTo(Sight.RIGHT);
    }

    private static Standing standing(long version, long text, Open open) {
        return new Standing(version, text, false, open, 0);
    }
}
