package spillway.metrics.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import spillway.events.v1.View;
import spillway.metrics.problem.Unavailable;
import spillway.metrics.views.Views.Gathered;
import spillway.platform.events.Topics;
import spillway.platform.id.PostId;

class TurnstileTest {

    private static final PostId POST = new PostId(1);
    private static final Topics TOPICS = new Topics("", 8, (short) 1);

    private final Views views = new Views(1, 10);
    private final MockProducer<byte[], byte[]> log =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Turnstile turnstile = new Turnstile(views, new ViewLog(() -> log, TOPICS, () -> Instant.EPOCH));

    private static List<SeenBy> by(Long... viewers) {
        return Stream.of(viewers).map(viewer -> new SeenBy(viewer, 1)).toList();
    }

    @Test
    void eachWhoPasses_isCounted_andToldOf() throws InvalidProtocolBufferException {
        turnstile.pass(POST, by(100L, 101L, 100L));

        assertThat(views.drain()).containsExactly(new Gathered(1, Tally.counted(3), Set.of(100L, 101L)));
        assertThat(told()).containsExactly("1 by 100", "1 by 101", "1 by 100");
    }

    @Test
    void whatAViewStandsFor_isToldAsWell() throws InvalidProtocolBufferException {
        turnstile.pass(POST, List.of(new SeenBy(100, 7)));

        assertThat(View.parseFrom(log.history().getFirst().value()).getWeight()).isEqualTo(7);
    }

    @Test
    void whereThereIsNoRoom_nobodyIsCounted_norToldOf() throws InvalidProtocolBufferException {
        turnstile.pass(POST, by(100L));
        log.clear();

        assertThatThrownBy(() -> turnstile.pass(new PostId(2), by(100L))).isInstanceOf(Unavailable.class);
        assertThat(views.unflushed(2)).isZero();
        assertThat(told()).isEmpty();
    }

    private List<String> told() throws InvalidProtocolBufferException {
        List<String> told = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : log.history()) {
            View view = View.parseFrom(record.value());
            told.add(view.getPostId() + " by " + view.getUserId());
        }
        return told;
    }
}
