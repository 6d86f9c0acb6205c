package spillway.analytics.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import spillway.events.v1.CommentAdded;
import spillway.events.v1.CommentDeleted;
import spillway.events.v1.Engagement;
import spillway.events.v1.Engagement.Operation;
import spillway.events.v1.PostCreated;
import spillway.events.v1.PostDeleted;
import spillway.events.v1.PostEdited;
import spillway.events.v1.PostEvent;
import spillway.events.v1.View;
import spillway.platform.events.EngagementKey;
import spillway.platform.events.Topics;

class EventsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final long POST = 11;
    private static final long USER = 42;

    private final Events events = new Events(new Topics("", 8, (short) 1));

    @Test
    void like_isAnEventOfItsPlaceInTheLog() {
        assertThat(events.read(record("likes", 3, 1_000, key(), engagement(Operation.ADD))))
                .isEqualTo(new Event(POST, Kind.LIKES, NOW, (3L << 48) | 1_000, USER, 1, 3));
    }

    @Test
    void operationAndTopic_giveTheKind() {
        assertThat(events.read(record("likes", 0, 0, key(), engagement(Operation.REMOVE)))
                        .kind())
                .isEqualTo(Kind.UNLIKES);
        assertThat(events.read(record("shares", 0, 0, key(), engagement(Operation.ADD)))
                        .kind())
                .isEqualTo(Kind.SHARES);
        assertThat(events.read(record("shares", 0, 0, key(), engagement(Operation.REMOVE)))
                        .kind())
                .isEqualTo(Kind.UNSHARES);
    }

    @Test
    void view_keepsItsWeight() {
        byte[] view = View.newBuilder()
                .setPostId(POST)
                .setAcceptedAtMillis(NOW.toEpochMilli())
                .setWeight(16)
                .build()
                .toByteArray();
        assertThat(events.read(record("views", 0, 5, null, view)).weight()).isEqualTo(16);
    }

    @Test
    void changeOfContent_keepsItsOwnIdWhereverItStands() {
        byte[] comment = change().setCommentAdded(CommentAdded.getDefaultInstance())
                .build()
                .toByteArray();
        assertThat(events.read(record("post-events", 1, 10, null, comment)).id())
                .isEqualTo(
                        events.read(record("post-events", 1, 11, null, comment)).id())
                .isEqualTo(777);
    }

    static Stream<PostEvent.Builder> changes() {
        return Stream.of(
                change().setPostCreated(PostCreated.getDefaultInstance()),
                change().setPostEdited(PostEdited.getDefaultInstance()),
                change().setPostDeleted(PostDeleted.getDefaultInstance()),
                change().setCommentAdded(CommentAdded.getDefaultInstance()),
                change().setCommentDeleted(CommentDeleted.getDefaultInstance()));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void everyChangeOfContent_hasAKind(PostEvent.Builder change) {
        byte[] value = change.build().toByteArray();
        assertThat(Optional.of(
                        events.read(record("post-events", 0, 0, null, value)).kind()))
                .get()
                .isIn(Kind.POSTS, Kind.EDITS, Kind.DELETIONS, Kind.COMMENTS, Kind.COMMENT_DELETIONS);
    }

    @ParameterizedTest
    @ValueSource(longs = {-24 * 3_600_000L, -1, 0, 1, 5 * 60_000L})
    void timeNearItsRecords_isTaken(long offset) {
        assertThat(events.read(record("likes", 0, 0, key(), engagementAt(NOW.plusMillis(offset))))
                        .at())
                .isEqualTo(NOW.plusMillis(offset));
    }

    @ParameterizedTest
    @ValueSource(longs = {-24 * 3_600_000L - 1, 5 * 60_000L + 1, Long.MIN_VALUE / 2, Long.MAX_VALUE / 2})
    void timeFarFromItsRecords_isTheRecords(long offset) {
        assertThat(events.read(record("likes", 0, 0, key(), engagementAt(NOW.plusMillis(offset))))
                        .at())
                .isEqualTo(NOW);
    }

    static Stream<byte[]> poison() {
        return Stream.of(
                new byte[] {1, 2, 3},
                new byte[0],
                engagement(Operation.OPERATION_UNSPECIFIED),
                Engagement.newBuilder().setOperationValue(99).build().toByteArray(),
                Engagement.newBuilder(someEngagement()).setPostId(-POST).build().toByteArray(),
                Engagement.newBuilder(someEngagement()).setMember(43).build().toByteArray());
    }

    @ParameterizedTest
    @MethodSource("poison")
    void poison_isRefused(byte[] value) {
        assertThatThrownBy(() -> events.read(record("likes", 0, 0, key(), value)))
                .isInstanceOf(BadRecord.class);
    }

    @Test
    void missingParts_areRefused() {
        assertThatThrownBy(() -> events.read(record("likes", 0, 0, key(), null)))
                .isInstanceOf(BadRecord.class);
        assertThatThrownBy(() -> events.read(record("likes", 0, 0, null, engagement(Operation.ADD))))
                .isInstanceOf(BadRecord.class);
        assertThatThrownBy(() -> events.read(record("likes", 0, 0, new byte[3], engagement(Operation.ADD))))
                .isInstanceOf(BadRecord.class);
        assertThatThrownBy(() -> events.read(
                        record("post-events", 0, 0, null, change().build().toByteArray())))
                .isInstanceOf(BadRecord.class);
        assertThatThrownBy(() -> events.read(record("views", 0, 0, null, new byte[0])))
                .isInstanceOf(BadRecord.class);
    }

    private static byte[] key() {
        return new EngagementKey(POST, USER).toBytes();
    }

    private static Engagement someEngagement() {
        return Engagement.newBuilder()
                .setPostId(POST)
                .setUserId(USER)
                .setMember(USER)
                .setOperation(Operation.ADD)
                .setAcceptedAtMillis(NOW.toEpochMilli())
                .build();
    }

    private static byte[] engagement(Operation operation) {
        return Engagement.newBuilder(someEngagement())
                .setOperation(operation)
                .build()
                .toByteArray();
    }

    private static byte[] engagementAt(Instant at) {
        return Engagement.newBuilder(someEngagement())
                .setAcceptedAtMillis(at.toEpochMilli())
                .build()
                .toByteArray();
    }

    private static PostEvent.Builder change() {
        return PostEvent.newBuilder()
                .setEventId(777)
                .setPostId(POST)
                .setUserId(USER)
                .setOccurredAtMillis(NOW.toEpochMilli())
                .setVersion(1);
    }

    private static ConsumerRecord<byte[], byte[]> record(
            String topic, int partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                topic,
                partition,
                offset,
                NOW.toEpochMilli(),
                TimestampType.CREATE_TIME,
                key == null ? 0 : key.length,
                value == null ? 0 : value.length,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
