package spillway.metrics.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import spillway.metrics.views.Views.Gathered;

class ViewsTest {

    private static List<SeenBy> by(Long... viewers) {
        return Stream.of(viewers).map(viewer -> new SeenBy(viewer, 1)).toList();
    }

    @Test
    void views_areAddedUpPerPost() {
        Views views = new Views(10, 10);
        views.add(1, by(100L));
        views.add(1, by(100L));
        views.add(2, by(100L));

        assertThat(views.drain())
                .containsExactlyInAnyOrder(
                        new Gathered(1, Tally.counted(2), Set.of(100L)),
                        new Gathered(2, Tally.counted(1), Set.of(100L)));
        assertThat(views.drain()).isEmpty();
    }

    @Test
    void viewsByMany_areAddedInOneGo_withAllWhoCame() {
        Views views = new Views(10, 10);
        views.add(1, by(100L, 101L, 100L));

        assertThat(views.unflushed(1)).isEqualTo(3);
        assertThat(views.drain()).containsExactly(new Gathered(1, Tally.counted(3), Set.of(100L, 101L)));
    }

    @Test
    void pastTheBoundOfViewers_allViewsCount_andAsManyViewersAsFit() {
        Views views = new Views(10, 2);
        views.add(1, by(100L, 101L, 102L));

        assertThat(views.drain()).containsExactly(new Gathered(1, Tally.counted(3), Set.of(100L, 101L)));
    }

    @Test
    void aViewThatStandsForSeveral_weighsAsMuch_andIsNoSurerThanThat() {
        Views views = new Views(10, 10);
        views.add(1, List.of(new SeenBy(100, 16), new SeenBy(101, 1)));

        assertThat(views.unflushed(1)).isEqualTo(17);
        assertThat(views.drain()).containsExactly(new Gathered(1, new Tally(17, 16 * 15), Set.of(100L, 101L)));
    }

    @Test
    void whatCouldNotBeFlushed_isInTheNextDrain() {
        Views views = new Views(10, 10);
        views.add(1, by(100L));
        List<Gathered> lost = views.drain();
        views.add(1, by(101L));
        lost.forEach(views::restore);

        assertThat(views.unflushed(1)).isEqualTo(2);
        assertThat(views.drain()).containsExactly(new Gathered(1, Tally.counted(2), Set.of(100L, 101L)));
    }

    @Test
    void pastTheBounds_newPostsAreRefusedAndViewersForgotten() {
        Views views = new Views(1, 1);

        assertThat(views.add(1, by(100L))).isTrue();
        assertThat(views.add(2, by(100L))).isFalse();
        assertThat(views.add(1, by(101L))).isTrue();
        assertThat(views.drain()).containsExactly(new Gathered(1, Tally.counted(2), Set.of(100L)));
        assertThat(views.add(2, by(102L))).isTrue();
    }

    @Test
    void noViewIsLost_whileDrainsGoOn() {
        Views views = new Views(10, 10);
        AtomicLong drained = new AtomicLong();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            for (int thread = 0; thread < 2; thread++) {
                threads.execute(() -> {
                    for (int i = 0; i < 50_000; i++) {
                        views.add(1 + i % 3, by((long) i));
                    }
                });
            }
            threads.execute(() -> {
                for (int i = 0; i < 500; i++) {
                    views.drain()
                            .forEach(gathered ->
                                    drained.addAndGet(gathered.tally().views()));
                }
            });
        }
        views.drain().forEach(gathered -> drained.addAndGet(gathered.tally().views()));

        assertThat(drained).hasValue(100_000);
    }
}
