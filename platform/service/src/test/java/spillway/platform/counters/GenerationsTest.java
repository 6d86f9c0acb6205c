package spillway.platform.counters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationsTest {

    private static Generations parse(String text) {
        return Generations.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anAbsentKey_isGenerationZero() {
        assertThat(Generations.parse(null)).isEqualTo(parse("0"));
    }

    @Test
    void aRebuild_isBuilt_handsOver_andSettles() {
        Generations building = parse("2").building(5);
        assertThat(building).hasToString("2+5").isEqualTo(parse("2+5"));
        assertThat(building.written()).isEqualTo(2);

        Generations handingOver = building.handingOver();
        assertThat(handingOver).hasToString("2>5").isEqualTo(parse("2>5"));
        assertThat(handingOver.inUse()).isEqualTo(2);
        assertThat(handingOver.written()).isEqualTo(5);

        assertThat(handingOver.handedOver()).hasToString("5").isEqualTo(parse("5"));
    }

    @Test
    void aRebuildThatWasKilled_isReplacedByAnother_orGivenUp() {
        assertThat(parse("2+5").building(6)).hasToString("2+6");
        assertThat(parse("2+5").abandoned()).hasToString("2");
    }

    @Test
    void fromAHandover_thereIsNoWayBack() {
        assertThatIllegalStateException().isThrownBy(() -> parse("2>5").abandoned());
        assertThatIllegalStateException().isThrownBy(() -> parse("2>5").building(6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1+1", "5>2", "1+", "1>2>3", "1234567890"})
    void whatSomebodyElseWrote_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> parse(text));
    }

    @Test
    void keysOfAGeneration_areItsOwn_andThoseOfZeroHaveNoMark() {
        CounterLayout layout = new CounterLayout("x:", 8);
        assertThat(layout.generation(0)).isEqualTo(layout);
        assertThat(new String(layout.generation(7).watermark(CounterFamily.LIKES, 1, 2), StandardCharsets.UTF_8))
                .isEqualTo("x:g7:likes:w:{1.2}");
    }

    @Test
    void aSealedWatermark_stillTellsHowFarItsBucketHasCome() {
        byte[] sealed = "topic:41!".getBytes(StandardCharsets.UTF_8);
        assertThat(Watermark.isSealed(sealed)).isTrue();
        assertThat(Watermark.parse(sealed)).isEqualTo(new Watermark("topic", 41));
        assertThat(Watermark.parse("-1!".getBytes(StandardCharsets.UTF_8))).isEqualTo(Watermark.NONE);
        assertThat(Watermark.isSealed("topic:41".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }
}
