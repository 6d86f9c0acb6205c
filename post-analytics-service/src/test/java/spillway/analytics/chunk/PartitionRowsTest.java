package spillway.analytics.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import spillway.analytics.event.Event;
import spillway.analytics.event.Kind;

class PartitionRowsTest {

    private static final Instant MINUTE = Instant.parse("2026-03-01T12:00:00Z");
    private static final long BOUNDARY = 5L * Chunk.RECORDS;

    @Test
    void reading_beginsAtTheStartOfTheChunk() {
        assertThat(new PartitionRows(BOUNDARY).next()).isEqualTo(BOUNDARY);
        assertThat(new PartitionRows(BOUNDARY + 17).next()).isEqualTo(BOUNDARY);
        assertThat(new PartitionRows(BOUNDARY - 1).next()).isEqualTo(BOUNDARY - Chunk.RECORDS);
        assertThat(new PartitionRows(0).next()).isZero();
    }

    @Test
    void whatIsStored_completesRowsAndChangesNone() {
        PartitionRows rows = new PartitionRows(BOUNDARY + 2);
        assertThat(rows.add(BOUNDARY, like(1, BOUNDARY))).isFalse();
        assertThat(rows.add(BOUNDARY + 1, like(2, BOUNDARY + 1))).isFalse();
        assertThat(rows.unsaved()).isEmpty();

        assertThat(rows.add(BOUNDARY + 2, like(1, BOUNDARY + 2))).isTrue();
        assertThat(rows.unsaved()).singleElement().satisfies(row -> {
            assertThat(row.key().postId()).isEqualTo(1);
            assertThat(row.weight()).isEqualTo(2);
        });
    }

    @Test
    void rowsWritten_areWrittenAgainOnlyWhenTheyGrow() {
        PartitionRows rows = new PartitionRows(BOUNDARY);
        rows.add(BOUNDARY, like(1, BOUNDARY));
        rows.add(BOUNDARY + 1, like(2, BOUNDARY + 1));
        rows.saved();
        assertThat(rows.unsaved()).isEmpty();
        assertThat(rows.stored()).isEqualTo(BOUNDARY + 2);

        rows.add(BOUNDARY + 2, like(2, BOUNDARY + 2));
        assertThat(rows.unsaved()).extracting(EventRow::weight).containsExactly(2L);
    }

    @Test
    void theNextChunk_hasItsOwnRows() {
        PartitionRows rows = new PartitionRows(BOUNDARY - 1);
        rows.add(BOUNDARY - 1, like(1, BOUNDARY - 1));
        rows.add(BOUNDARY, like(1, BOUNDARY));
        assertThat(rows.unsaved())
                .extracting(row -> row.key().chunk())
                .containsExactly(Chunk.of(place(BOUNDARY - 1)), Chunk.of(place(BOUNDARY)));
        assertThat(rows.open()).isEqualTo(1);
    }

    @Test
    void deadLetters_areDueOnce() {
        PartitionRows rows = new PartitionRows(BOUNDARY + 1);
        assertThat(rows.pass(BOUNDARY)).isFalse();
        assertThat(rows.pass(BOUNDARY + 1)).isTrue();
    }

    @Test
    void anOffsetThatGoesBack_isRefused() {
        PartitionRows rows = new PartitionRows(BOUNDARY);
        rows.pass(BOUNDARY + 5);
        assertThatIllegalStateException().isThrownBy(() -> rows.pass(BOUNDARY + 5));
        assertThatIllegalStateException().isThrownBy(() -> new PartitionRows(BOUNDARY).pass(BOUNDARY - 1));
    }

    @Test
    void timestamps_growWithThePrefix_andStayInTheirMinute() {
        PartitionRows rows = new PartitionRows(BOUNDARY);
        long before = 0;
        for (long offset = BOUNDARY; offset < BOUNDARY + Chunk.RECORDS; offset++) {
            rows.add(offset, like(1, offset));
            EventRow row = List.copyOf(rows.unsaved()).getFirst();
            assertThat(row.timestamp()).isGreaterThan(before);
            before = row.timestamp();
        }
        assertThat(Instant.ofEpochMilli(before / 1_000)).isBetween(MINUTE, MINUTE.plusSeconds(59));
    }

    private static Event like(long post, long offset) {
        return new Event(post, Kind.LIKES, MINUTE.plusSeconds(7), place(offset), 42, 1, 3);
    }

    private static long place(long offset) {
        return (3L << 48) | offset;
    }
}
