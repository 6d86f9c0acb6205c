package spillway.metrics.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import spillway.metrics.views.ViewStore.Base;
import spillway.metrics.views.ViewStore.Reads;
import spillway.metrics.views.ViewStore.SubKey;
import spillway.metrics.views.Views.Gathered;

/** What the simulated store and Redis have in common; every test is given a post of its own. */
abstract class ViewStoreContract {

    private static final Split OPEN = Split.NEVER.announced(100, 4);
    private static final Split MERGING = OPEN.merging();

    abstract ViewStore store();

    abstract long newPost();

    private final long post = newPost();

    static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private Base base() {
        Reads reads = store().reads();
        CompletionStage<Base> base = reads.base(post);
        reads.send();
        return done(base);
    }

    private SubKey subKey(int i) {
        Reads reads = store().reads();
        CompletionStage<SubKey> subKey = reads.subKey(post, i);
        reads.send();
        return done(subKey);
    }

    private boolean add(long epoch, long views, Long... viewers) {
        return done(store().addToSubKey(epoch, 0, new Gathered(post, Tally.counted(views), Set.of(viewers))));
    }

    @Test
    void aPostThatNobodyViewed_isWholeAndEmpty() {
        assertThat(base()).isEqualTo(new Base(Split.NEVER, Tally.counted(0), 0, 0, 0));
        assertThat(subKey(0)).isEqualTo(new SubKey(0, Tally.counted(0), 0));
    }

    @Test
    void theBaseKey_addsUp() {
        done(store().addViews(post, Tally.counted(3)));
        done(store().addViews(post, Tally.counted(4)));
        done(store().addViewers(post, Set.of(1L, 2L)));
        done(store().addViewers(post, Set.of(2L, 3L)));
        done(store().addWrites(post, 5));
        done(store().gathered(post, 77));

        assertThat(base()).isEqualTo(new Base(Split.NEVER, Tally.counted(7), 5, 3, 77));
    }

    @Test
    void whatIsUncertain_goesWhereTheViewsGo() {
        Tally sampled = Tally.weighing(4);
        done(store().addViews(post, sampled));
        done(store().addToSubKey(100, 0, new Gathered(post, sampled, Set.of())));
        SubKey sealed = done(store().seal(post, 100, 0));
        assertThat(subKey(0)).isEqualTo(sealed).isEqualTo(new SubKey(100, sampled, 1));
        done(store().move(post, Split.NEVER, OPEN, sealed.tally(), sealed.writes()));

        assertThat(base().tally()).isEqualTo(new Tally(8, 24));
    }

    @Test
    void aMove_happensOnce() {
        assertThat(done(store().move(post, Split.NEVER, OPEN, Tally.NONE, 0))).isTrue();
        assertThat(done(store().move(post, Split.NEVER, OPEN, Tally.NONE, 0))).isFalse();
        assertThat(done(store().move(post, OPEN, MERGING, Tally.NONE, 0))).isTrue();
        assertThat(done(store().move(post, MERGING, MERGING.tookOne(), Tally.counted(5), 6)))
                .isTrue();
        assertThat(done(store().move(post, MERGING, MERGING.tookOne(), Tally.counted(5), 6)))
                .isFalse();

        assertThat(base()).isEqualTo(new Base(MERGING.tookOne(), Tally.counted(5), 6, 0, 0));
    }

    @Test
    void aSubKey_opensForItsEpoch_andAddsUp() {
        assertThat(add(100, 3, 1L)).isTrue();
        assertThat(add(100, 2, 1L, 2L)).isTrue();

        assertThat(subKey(0)).isEqualTo(new SubKey(100, Tally.counted(5), 5));
        assertThat(subKey(1)).isEqualTo(new SubKey(0, Tally.counted(0), 0));
    }

    @Test
    void aSealedSubKey_takesNothingMore_andSaysWhatItHas() {
        add(100, 3);
        assertThat(done(store().seal(post, 100, 0))).isEqualTo(new SubKey(100, Tally.counted(3), 1));

        assertThat(add(100, 2)).isFalse();
        assertThat(done(store().seal(post, 100, 0))).isEqualTo(new SubKey(100, Tally.counted(3), 1));
    }

    @Test
    void aSubKeyThatWasNeverWritten_canBeSealed() {
        assertThat(done(store().seal(post, 100, 0))).isEqualTo(new SubKey(100, Tally.counted(0), 0));
        assertThat(add(100, 2)).isFalse();
    }

    @Test
    void aLaterEpoch_beginsFromNothing_andTheEarlierOneIsOver() {
        add(100, 3);
        done(store().seal(post, 100, 0));
        assertThat(add(200, 1)).isTrue();

        assertThat(add(100, 2)).isFalse();
        assertThat(done(store().seal(post, 100, 0))).isEqualTo(new SubKey(200, Tally.counted(0), 0));
        assertThat(add(200, 1)).isTrue();
        assertThat(subKey(0)).isEqualTo(new SubKey(200, Tally.counted(2), 2));
    }

    @Test
    void viewersOfASubKey_areGathered_asOftenAsOneLikes() {
        done(store().addViewers(post, Set.of(1L, 2L)));
        add(100, 3, 2L, 3L);
        done(store().gatherViewers(post, 0));
        done(store().gatherViewers(post, 0));
        done(store().gatherViewers(post, 1));

        assertThat(base().viewers()).isEqualTo(3);
    }

    @Test
    void retired_aSubKeyStaysSealed_andForgetsItsViewers() {
        add(100, 3, 1L);
        done(store().seal(post, 100, 0));
        done(store().retire(post, 100, 0));
        done(store().gatherViewers(post, 0));

        assertThat(add(100, 1)).isFalse();
        assertThat(base().viewers()).isZero();
    }

    @Test
    void aSubKeyOfALaterEpoch_isNotRetired() {
        add(200, 3, 1L);
        done(store().retire(post, 100, 0));
        done(store().gatherViewers(post, 0));

        assertThat(base().viewers()).isEqualTo(1);
    }
}
