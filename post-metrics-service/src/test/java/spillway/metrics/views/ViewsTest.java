package spillway.metrics.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import spillway.metrics.views.Views.Gathered;

class ViewsTest {

    @Test
    void views_areAddedUpPerPost() {
        Views views = new Views(10, 10);
        views.add(1, List.of(100L));
        views.add(1, List.of(100L));
        views.add(2, List.of(100L));

        assertThat(views.drain())
                .containsExactlyInAnyOrder(new Gathered(1, 2, Set.of(100L)), new Gathered(2, 1, Set.of(100L)));
        assertThat(views.drain()).isEmpty();
    }

    @Test
    void viewsByMany_areAddedInOneGo_withAllWhoCame() {
        Views views = new Views(10, 10);
        views.add(1, List.of(100L, 101L, 100L));

        assertThat(views.unflushed(1)).isEqualTo(3);
        assertThat(views.drain()).containsExactly(new Gathered(1, 3, Set.of(100L, 101L)));
    }

    @Test
    void pastTheBoundOfViewers_allViewsCount_andAsManyViewersAsFit() {
        Views views = new Views(10, 2);
        views.add(1, List.of(100L, 101L, 102L));

        assertThat(views.drain()).containsExactly(new Gathered(1, 3, Set.of(100L, 101L)));
    }

    @Test
    void whatCouldNotBeFlushed_isInTheNextDrain() {
        Views views = new Views(10, 10);
        views.add(1, List.of(100L));
        List<Gathered> lost = views.drain();
        views.add(1, List.of(101L));
        lost.forEach(views::restore);

        assertThat(views.unflushed(1)).isEqualTo(2);
        assertThat(views.drain()).containsExactly(new Gathered(1, 2, Set.of(100L, 101L)));
    }

    @Test
    void pastTheBounds_newPostsAreRefusedAndViewersForgotten() {
        Views views = new Views(1, 1);

        assertThat(views.add(1, List.of(100L))).isTrue();
        assertThat(views.add(2, List.of(100L))).isFalse();
        assertThat(views.add(1, List.of(101L))).isTrue();
        assertThat(views.drain()).containsExactly(new Gathered(1, 2, Set.of(100L)));
        assertThat(views.add(2, List.of(102L))).isTrue();
    }

    @Test
    void noViewIsLost_whileDrainsGoOn() {
        Views views = new Views(10, 10);
        AtomicLong drained = new AtomicLong();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            for (int thread = 0; thread < 2; thread++) {
                threads.execute(() -> {
                    for (int i = 0; i < 50_000; i++) {
                        views.add(1 + i % 3, List.of((long) i));
                    }
                });
            }
            threads.execute(() -> {
                for (int i = 0; i < 500; i++) {
                    views.drain().forEach(gathered -> drained.addAndGet(gathered.views()));
                }
            });
        }
        views.drain().forEach(gathered -> drained.addAndGet(gathered.views()));

        assertThat(drained).hasValue(100_000);
    }
}
