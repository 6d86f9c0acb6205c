package spillway.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.concurrency.limits.limit.FixedLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import spillway.gateway.ledger.TrafficClass;

class LimiterTest {

    private static final AdmissionRules.Shares SHARES = new AdmissionRules.Shares(0.6, 0.8, 0.9, 1, 0.3);

    private final Limiter limiter = new Limiter(FixedLimit.of(100), SHARES, () -> 0);

    @Test
    void eachClass_fillsItsPart_andNoMore() {
        assertThat(fill(TrafficClass.VIEW)).isEqualTo(60);
        assertThat(fill(TrafficClass.LIKE)).isEqualTo(20);
        assertThat(fill(TrafficClass.SHARE)).isZero();
        assertThat(fill(TrafficClass.COMMENT)).isEqualTo(10);
        assertThat(fill(TrafficClass.POST)).isEqualTo(10);
        assertThat(limiter.underWay()).isEqualTo(100);
    }

    @Test
    void reads_borrowWhatWritesLeave_andWritesKeepTheirPart() {
        assertThat(fill(TrafficClass.READ)).isEqualTo(100);
        assertThat(fill(TrafficClass.POST)).isEqualTo(70);
        assertThat(fill(TrafficClass.READ)).isZero();
    }

    @Test
    void writes_borrowWhatReadsLeave_andReadsKeepTheirPart() {
        assertThat(fill(TrafficClass.POST)).isEqualTo(100);
        assertThat(fill(TrafficClass.READ)).isEqualTo(30);
    }

    @Test
    void aBorrowedPlace_goesBackWhenItsRequestEnds() {
        List<Limiter.Place> reads = places(TrafficClass.READ);
        assertThat(fill(TrafficClass.POST)).isEqualTo(70);

        reads.forEach(place -> place.end(Limiter.End.ANSWERED));

        assertThat(fill(TrafficClass.READ)).isEqualTo(30);
        assertThat(limiter.underWay()).isEqualTo(100);
    }

    @Test
    void aPlace_isGivenBackOnce() {
        Limiter.Place place = limiter.enter(TrafficClass.POST).orElseThrow();

        place.end(Limiter.End.ANSWERED);
        place.end(Limiter.End.LOST);

        assertThat(limiter.underWay()).isZero();
    }

    @Test
    void refusedShare_isOfTheTimeSinceTheLastLook() {
        fill(TrafficClass.POST);
        assertThat(limiter.takeRefused()).isBetween(0.009, 0.01);
        assertThat(limiter.takeRefused()).isZero();
    }

    @Test
    void refusedShare_isOfWritesOnly() {
        fill(TrafficClass.POST);
        limiter.takeRefused();
        for (int i = 0; i < 200; i++) {
            limiter.enter(TrafficClass.READ);
        }

        assertThat(limiter.takeRefused()).isZero();
    }

    @Test
    void aReserve_isTakenFromCommentsAndReads_andLeavesPostsAll() {
        limiter.reserve(0.5);

        assertThat(fill(TrafficClass.COMMENT)).isEqualTo(45);
        assertThat(fill(TrafficClass.READ)).isEqualTo(15);
        assertThat(fill(TrafficClass.POST)).isEqualTo(40);
    }

    @Test
    void aWholeReserve_leavesOneRead_andNoComment() {
        limiter.reserve(1);

        assertThat(fill(TrafficClass.COMMENT)).isZero();
        assertThat(fill(TrafficClass.READ)).isEqualTo(1);
        assertThat(fill(TrafficClass.POST)).isEqualTo(99);
    }

    @Test
    void postsGoPastTheLimit_andNobodyElseDoes() {
        Limiter generous = new Limiter(FixedLimit.of(10), new AdmissionRules.Shares(0.6, 0.8, 0.9, 2, 0.3), () -> 0);
        for (int post = 0; post < 20; post++) {
            assertThat(generous.enter(TrafficClass.POST)).as("post %d", post).isPresent();
        }

        assertThat(generous.enter(TrafficClass.POST)).isEmpty();
        assertThat(generous.enter(TrafficClass.COMMENT)).isEmpty();
    }

    @Test
    void itIsCrowdedForPosts_beforeItIsFull() {
        places(TrafficClass.COMMENT);
        assertThat(limiter.takeCrowded()).isZero();

        limiter.enter(TrafficClass.POST);
        assertThat(limiter.takeCrowded()).isEqualTo(1);
        assertThat(limiter.takeCrowded()).isZero();
    }

    @Test
    void itWasBusy_ifAQuarterWasUnderWayAtSomeMomentSinceTheLastLook() {
        Limiter wide = new Limiter(FixedLimit.of(8), new AdmissionRules.Shares(0.6, 0.8, 0.9, 2, 0.3), () -> 0);
        Limiter.Place first = wide.enter(TrafficClass.READ).orElseThrow();
        assertThat(wide.takeBusy()).isFalse();

        Limiter.Place second = wide.enter(TrafficClass.LIKE).orElseThrow();
        second.end(Limiter.End.ANSWERED);
        assertThat(wide.takeBusy()).isTrue();
        assertThat(wide.takeBusy()).isFalse();

        wide.enter(TrafficClass.POST);
        assertThat(wide.takeBusy()).isTrue();
        assertThat(wide.takeBusy()).isTrue();
        first.end(Limiter.End.ANSWERED);
        assertThat(wide.takeBusy()).isTrue();
        assertThat(wide.takeBusy()).isFalse();
    }

    private int fill(TrafficClass traffic) {
        return places(traffic).size();
    }

    private List<Limiter.Place> places(TrafficClass traffic) {
        List<Limiter.Place> places = new ArrayList<>();
        Stream.generate(() -> limiter.enter(traffic))
                .takeWhile(place -> place.isPresent())
                .forEach(place -> places.add(place.orElseThrow()));
        return places;
    }
}
