package spillway.load.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixTest {

    @Test
    void threeToOne_isThreeToOne() {
        Mix mix = Mix.parse("likes=3, views=1");
        SplittableRandom random = new SplittableRandom(5);

        Map<Mix.Kind, Long> drawn = Stream.generate(() -> mix.draw(random))
                .limit(100_000)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(drawn).containsOnlyKeys(Mix.Kind.LIKES, Mix.Kind.VIEWS);
        assertThat(drawn.getOrDefault(Mix.Kind.LIKES, 0L) / 100_000.0).isCloseTo(0.75, within(0.01));
    }

    @Test
    void aMix_readsAsItIsWritten() {
        assertThat(Mix.parse("views=25,likes=55")).hasToString("likes=55,views=25");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "likes",
                "likes=",
                "likes=0",
                "likes=0,views=0",
                "likes=-1",
                "likes=1.5",
                "likes=1,likes=2",
                "hugs=1",
                "unlikes=5,views=1",
                "likes=9999999"
            })
    void anEmptyOrImpossibleMix_isRefused(String text) {
        assertThatThrownBy(() -> Mix.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
