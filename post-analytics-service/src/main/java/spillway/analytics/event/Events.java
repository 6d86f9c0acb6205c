package spillway.analytics.event;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import spillway.events.v1.Engagement;
import spillway.events.v1.PostEvent;
import spillway.events.v1.View;
import spillway.platform.events.EngagementKey;
import spillway.platform.events.Topics;

/**
 * Reads events from records: a pure function of the record, so that a replay gives the same events with the same ids.
 *
 * <p>A change of content brings its own id. Any other event is known by where its record stands: partition and offset
 * (the kind tells the topic). Its time is the one it was accepted at, if that lies within a day before and five minutes
 * after the record's timestamp, which is the broker's; else a clock was wrong, and the broker's time counts: a time from the
 * future would shadow all later writes of its row. It is compared with the record's timestamp and not with our clock,
 * because a consumer that was away for two days must take what it missed, and a replay must decide as the first reading did.
 */
public final class Events {

    static final Duration OLDEST = Duration.ofHours(24);
    static final Duration NEWEST = Duration.ofMinutes(5);

    /** Offsets get the bits below; 2^48 records in one partition are not reached. */
    private static final int OFFSET_BITS = 48;

    private final Topics topics;

    public Events(Topics topics) {
        this.topics = topics;
    }

    /**
     * The event of a record.
     *
     * @throws BadRecord when there is none
     */
    public Event read(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] value = record.value();
        if (value == null) {
            throw new BadRecord("no value");
        }
        try {
            return decode(record, value);
        } catch (InvalidProtocolBufferException e) {
            throw new BadRecord("not a message of its topic", e);
        } catch (IllegalArgumentException e) {
            throw new BadRecord(String.valueOf(e.getMessage()), e);
        }
    }

    private Event decode(ConsumerRecord<byte[], byte[]> record, byte[] value) throws InvalidProtocolBufferException {
        String topic = record.topic();
        if (topic.equals(topics.likes())) {
            return engagement(record, Engagement.parseFrom(value), Kind.LIKES, Kind.UNLIKES);
        }
        if (topic.equals(topics.shares())) {
            return engagement(record, Engagement.parseFrom(value), Kind.SHARES, Kind.UNSHARES);
        }
        if (topic.equals(topics.views())) {
            View view = View.parseFrom(value);
            Instant at = time(record, view.getAcceptedAtMillis());
            return new Event(
                    view.getPostId(),
                    Kind.VIEWS,
                    at,
                    position(record),
                    view.getUserId(),
                    Integer.toUnsignedLong(view.getWeight()),
                    record.partition());
        }
        if (topic.equals(topics.postEvents())) {
            PostEvent change = PostEvent.parseFrom(value);
            return new Event(
                    change.getPostId(),
                    kind(change),
                    time(record, change.getOccurredAtMillis()),
                    change.getEventId(),
                    change.getUserId(),
                    1,
                    record.partition());
        }
        throw new IllegalStateException("not subscribed to " + topic);
    }

    private static Event engagement(
            ConsumerRecord<byte[], byte[]> record, Engagement engagement, Kind added, Kind removed) {
        byte @Nullable [] key = record.key();
        if (key == null
                || !EngagementKey.fromBytes(key)
                        .equals(new EngagementKey(
                                engagement.getPostId(), engagement.getMember(), engagement.getClientSequence()))) {
            throw new BadRecord("key and value name different engagements");
        }
        Kind kind = switch (engagement.getOperation()) {
            case ADD -> added;
            case REMOVE -> removed;
            case OPERATION_UNSPECIFIED, UNRECOGNIZED -> throw new BadRecord("no known operation");
        };
        return new Event(
                engagement.getPostId(),
                kind,
                time(record, engagement.getAcceptedAtMillis()),
                position(record),
                engagement.getUserId(),
                1,
                record.partition());
    }

    private static Kind kind(PostEvent change) {
        return switch (change.getChangeCase()) {
            case POST_CREATED -> Kind.POSTS;
            case POST_EDITED -> Kind.EDITS;
            case POST_DELETED -> Kind.DELETIONS;
            case COMMENT_ADDED -> Kind.COMMENTS;
            case COMMENT_DELETED -> Kind.COMMENT_DELETIONS;
            case CHANGE_NOT_SET -> throw new BadRecord("no known change");
        };
    }

    private static long position(ConsumerRecord<?, ?> record) {
        return ((long) record.partition() << OFFSET_BITS) | record.offset();
    }

    private static Instant time(ConsumerRecord<?, ?> record, long millis) {
        long recorded = record.timestamp();
        boolean near = millis >= recorded - OLDEST.toMillis() && millis <= recorded + NEWEST.toMillis();
        return Instant.ofEpochMilli(near ? millis : recorded);
    }
}
