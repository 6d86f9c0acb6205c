package spillway.platform.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InstancesTest {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final Random random = new Random(1);
    private final Instances two = instances(2);

    private Instances instances(int count) {
        List<URI> urls = IntStream.range(0, count)
                .mapToObj(i -> URI.create("http://127.0.0.1:" + (9_000 + i)))
                .toList();
        return new Instances(urls, new AwayRules(3, PAUSE), nanos::get, () -> random);
    }

    private Instance first() {
        return two.all().getFirst();
    }

    private Instance second() {
        return two.all().getLast();
    }

    private List<Instance> chosen(int times) {
        return Stream.generate(() -> two.choose(List.of()))
                .limit(times)
                .flatMap(java.util.Optional::stream)
                .toList();
    }

    private static void losesConnections(Instance instance, int times) {
        IntStream.range(0, times).forEach(i -> instance.notReached());
    }

    @Test
    void idleInstances_takeTurns() {
        assertThat(chosen(4)).containsExactly(first(), second(), first(), second());
    }

    @Test
    void theOneWithFewerRequestsUnderWay_isAsked() {
        first().began();

        assertThat(chosen(3)).containsOnly(second());

        first().ended();
        assertThat(chosen(2)).containsExactlyInAnyOrder(first(), second());
    }

    @Test
    void oneThatIsNotReady_isAskedOnlyWhenNoOtherCanBe() {
        first().says(false);
        second().began();

        assertThat(chosen(3)).containsOnly(second());
        assertThat(two.choose(List.of(second()))).contains(first());

        first().says(true);
        assertThat(chosen(3)).containsOnly(first());
    }

    @Test
    void withNoneReady_allAreAsked() {
        two.all().forEach(instance -> instance.says(false));

        assertThat(chosen(4)).contains(first(), second());
    }

    @Test
    void anInstanceThatWasTried_isNotTriedAgain() {
        assertThat(two.choose(List.of(first()))).contains(second());
        assertThat(two.choose(two.all())).isEmpty();
    }

    @Test
    void threeFailedConnectionsInARow_andAnInstanceIsAway() {
        losesConnections(first(), 2);
        assertThat(chosen(2)).contains(first());

        first().notReached();
        assertThat(chosen(4)).containsOnly(second());
    }

    @Test
    void failedConnectionsWithAnAnswerInBetween_areNoOutage() {
        losesConnections(first(), 2);
        first().reached();
        losesConnections(first(), 2);

        assertThat(first().isAway()).isFalse();
    }

    @Test
    void whileAllAreAway_nobodyIsAsked_butOneRequestPerPause() {
        Instances one = instances(1);
        losesConnections(one.all().getFirst(), 3);
        assertThat(one.choose(List.of())).isEmpty();

        nanos.addAndGet(PAUSE.toNanos() * 3 / 2);
        assertThat(one.choose(List.of())).isPresent();
        assertThat(one.choose(List.of())).isEmpty();

        nanos.addAndGet(PAUSE.toNanos() * 3 / 2);
        assertThat(one.choose(List.of())).isPresent();
    }

    @Test
    void pausesAreNotAllEquallyLong_andNoneIsShorterThanSaid() {
        Instances many = instances(50);
        many.all().forEach(instance -> losesConnections(instance, 3));

        nanos.addAndGet(PAUSE.toNanos() - 1);
        assertThat(many.choose(List.of())).isEmpty();
        nanos.addAndGet(PAUSE.toNanos() / 4);
        assertThat(many.all().stream().filter(instance -> instance.admits(nanos.get())))
                .hasSizeBetween(10, 40);
    }

    @Test
    void anInstanceThatIsBack_isAskedAtOnce() {
        losesConnections(first(), 3);

        first().reached();

        assertThat(chosen(2)).contains(first());
    }

    @Test
    void aServiceWithoutInstances_isAMistake() {
        assertThatIllegalArgumentException().isThrownBy(() -> instances(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new AwayRules(0, PAUSE));
        assertThatIllegalArgumentException().isThrownBy(() -> new AwayRules(1, Duration.ZERO));
    }
}
