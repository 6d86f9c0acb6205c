package spillway.chaos.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;
import spillway.platform.id.UserId;

class PlantedTest {

    private final Planted planted = new Planted(1_000, 70);

    @Test
    void post_isInItsAuthorsSlot_andItsCommentToo() {
        assertThat(IntStream.range(0, 1_000)).allSatisfy(post -> {
            Slot slot = Slot.of(new UserId(planted.author(post)));
            assertThat(new PostId(planted.id(post)).slot()).isEqualTo(slot);
            assertThat(new PostId(planted.comment(post)).slot()).isEqualTo(slot);
        });
    }

    @Test
    void id_tellsTheNumber_andOnlyPlantedIdsDo() {
        assertThat(IntStream.range(0, 1_000))
                .allSatisfy(post -> assertThat(planted.number(planted.id(post))).hasValue(post));
        assertThat(planted.number(planted.comment(10))).isEmpty();
        assertThat(planted.number(planted.id(10) + 1)).isEmpty();
        assertThat(new Planted(10, 70).number(planted.id(999))).isEmpty();
    }

    @Test
    void mostPosts_fitTheirMonth() {
        Planted most = new Planted(Planted.MOST, 4_000);
        assertThat(most.number(most.id(Planted.MOST - 1))).hasValue(Planted.MOST - 1);
    }
}
