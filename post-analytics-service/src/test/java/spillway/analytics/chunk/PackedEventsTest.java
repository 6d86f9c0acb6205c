package spillway.analytics.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spillway.analytics.chunk.PackedEvents.Packed;

class PackedEventsTest {

    private static final Instant MINUTE = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void noEvents_areTwoBytes() {
        ByteBuffer packed = new PackedEvents().packed();
        assertThat(packed.remaining()).isEqualTo(2);
        assertThat(PackedEvents.read(packed, MINUTE)).isEmpty();
    }

    @Test
    void aFullChunkOfTheLargestEvents_comesBack() {
        List<Packed> events = new ArrayList<>();
        for (int place = 0; place < Chunk.RECORDS; place++) {
            events.add(new Packed(place, MINUTE.plusMillis(place % 2 == 0 ? 59_999 : 0), -1L, Long.MAX_VALUE));
        }
        assertThat(PackedEvents.read(pack(events), MINUTE)).isEqualTo(events);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyEvents_comeBack(long seed) {
        List<Packed> events = some(new Random(seed));
        assertThat(PackedEvents.read(pack(events), MINUTE)).isEqualTo(events);
    }

    /** Written by version 1; rows like it are in stores. */
    @Test
    void version1_isReadForEver() {
        ByteBuffer packed = ByteBuffer.wrap(new byte[] {1, 2, 0, 20, 42, 5, 19, (byte) 0xAC, 2, 16});
        assertThat(PackedEvents.read(packed, MINUTE))
                .containsExactly(new Packed(0, MINUTE.plusMillis(10), 42, 1), new Packed(3, MINUTE, 300, 16));
        assertThat(pack(PackedEvents.read(packed, MINUTE))).isEqualTo(packed);
    }

    @Test
    void anEventOfAnyUser_takesTwelveBytesAtMost() {
        PackedEvents events = new PackedEvents();
        events.add(0, 30_000, Long.MAX_VALUE, 1);
        int one = events.packed().remaining();
        events.add(0, 30_050, Long.MAX_VALUE, 1);
        assertThat(events.packed().remaining() - one).isLessThanOrEqualTo(12);
    }

    @Test
    void anotherVersion_isRefused() {
        refused(new byte[] {2, 0}, "version 2");
        refused(new byte[] {}, "end within");
    }

    @Test
    void damage_isRefused() {
        refused(new byte[] {1}, "end within");
        refused(new byte[] {1, 1, 0, 0}, "end within");
        refused(new byte[] {1, 0, 0}, "follows");
        refused(new byte[] {1, (byte) 0x81, 0x20}, "4097 events");
        refused(new byte[] {1, 1, 0, 1, 42}, "outside");
        refused(new byte[] {1, 1, (byte) 0x80, (byte) 0x80, 1, 0, 42}, "outside");
        refused(new byte[] {1, 1, 1, 0, 42, 0}, "weighs nothing");
    }

    @Test
    void cutAnywhere_isRefused() {
        byte[] packed = some(new Random(9)).isEmpty() ? new byte[0] : bytes(pack(some(new Random(9))));
        for (int length = 0; length < packed.length; length++) {
            refused(Arrays.copyOf(packed, length), "");
        }
    }

    @Test
    void noise_isReadOrRefused_andNothingElse() {
        Random random = new Random(10);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            if (noise.length > 0 && random.nextInt(4) > 0) {
                noise[0] = PackedEvents.VERSION;
            }
            try {
                assertThat(PackedEvents.read(ByteBuffer.wrap(noise), MINUTE)).hasSizeLessThan(noise.length);
            } catch (BadRow refused) {
                assertThat(refused).hasMessageMatching(".+");
            }
        }
    }

    private static void refused(byte[] bytes, String why) {
        assertThatExceptionOfType(BadRow.class)
                .isThrownBy(() -> PackedEvents.read(ByteBuffer.wrap(bytes), MINUTE))
                .withMessageContaining(why);
    }

    private static List<Packed> some(Random random) {
        List<Packed> events = new ArrayList<>();
        for (int place = random.nextInt(5); place < Chunk.RECORDS; place += 1 + random.nextInt(300)) {
            long weight = random.nextInt(3) == 0 ? 1 + random.nextInt(1 << 20) : 1;
            events.add(new Packed(
                    place,
                    MINUTE.plusMillis(random.nextInt(60_000)),
                    random.nextLong() >>> random.nextInt(64),
                    weight));
        }
        return events;
    }

    private static ByteBuffer pack(List<Packed> events) {
        PackedEvents packed = new PackedEvents();
        int last = -1;
        for (Packed event : events) {
            int millis = (int) (event.at().toEpochMilli() - MINUTE.toEpochMilli());
            packed.add(event.place() - last - 1, millis, event.userId(), event.weight());
            last = event.place();
        }
        return packed.packed();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
