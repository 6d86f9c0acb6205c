package spillway.chaos.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import spillway.chaos.overload.Look.Books;
import spillway.chaos.overload.Look.Cause;
import spillway.chaos.overload.Look.Rank;

class InversionsTest {

    @Test
    void likesRefusedByTheLevel_whileViewsAreWhole_isAnInversion() {
        Inversions seen =
                inSecond(Map.of(Rank.LIKES, books(100, Cause.LEVEL, 20), Rank.VIEWS, books(100, Cause.COALESCED, 30)));

        assertThat(seen.found()).containsExactly("at 2 s likes were refused while views got through");
        assertThat(seen.windows()).isEqualTo(1);
    }

    @Test
    void likesRefused_whileViewsAreSampled_isTheOrder() {
        assertThat(inSecond(Map.of(Rank.LIKES, books(100, Cause.LEVEL, 20), Rank.VIEWS, books(100, Cause.SAMPLED, 90)))
                        .found())
                .isEmpty();
    }

    @Test
    void viewsRefused_whileLikesAreWhole_isTheOrder() {
        assertThat(inSecond(Map.of(Rank.LIKES, books(100, Cause.LEVEL, 0), Rank.VIEWS, books(100, Cause.LEVEL, 90)))
                        .found())
                .isEmpty();
    }

    @Test
    void postsRefusedByTheirOwnLimit_whileLikesAreWhole_isIsolation() {
        assertThat(inSecond(Map.of(Rank.POSTS, books(100, Cause.LIMIT, 50), Rank.LIKES, books(100, Cause.LEVEL, 0)))
                        .found())
                .isEmpty();
    }

    @Test
    void postsRefusedByALimit_whileCommentsOnTheSameOneAreWhole_isAnInversion() {
        assertThat(inSecond(Map.of(Rank.POSTS, books(100, Cause.LIMIT, 50), Rank.COMMENTS, books(100, Cause.LEVEL, 0)))
                        .found())
                .containsExactly("at 2 s posts were refused while comments got through");
    }

    @Test
    void fewRequests_sayNothing() {
        assertThat(inSecond(Map.of(Rank.LIKES, books(100, Cause.LEVEL, 4), Rank.VIEWS, books(100, Cause.LEVEL, 0)))
                        .found())
                .as("4 refused")
                .isEmpty();
        assertThat(inSecond(Map.of(Rank.LIKES, books(100, Cause.LEVEL, 50), Rank.VIEWS, books(49, Cause.LEVEL, 0)))
                        .found())
                .as("49 whole")
                .isEmpty();
        assertThat(inSecond(Map.of(Rank.LIKES, books(1_000, Cause.LEVEL, 9), Rank.VIEWS, books(100, Cause.LEVEL, 0)))
                        .found())
                .as("less than one in a hundred refused")
                .isEmpty();
    }

    @Test
    void whatWasShedBeforeTheFirstLook_isOfAnotherSecond() {
        Map<Rank, Books> same = Map.of(Rank.LIKES, books(100, Cause.LEVEL, 50), Rank.VIEWS, books(100, Cause.LEVEL, 0));

        assertThat(Inversions.in(List.of(look(1, same), look(2, same))).found()).isEmpty();
        assertThat(Inversions.in(List.of(look(1, same))).windows()).isZero();
    }

    @Test
    void theGatewaysMeters_areRead() {
        Look look = Look.of(3, Scrape.parse("""
                # HELP something
                spillway_gateway_offered_total{application="gateway",class="like"} 90.0
                spillway_gateway_offered_total{application="gateway",class="share"} 10.0
                spillway_gateway_shed_total{application="gateway",class="like",reason="level"} 7.0
                spillway_gateway_shed_total{application="gateway",class="view",reason="level"} 8.0
                spillway_gateway_admission_level{application="gateway"} 1.25
                jvm_memory_used_bytes{application="gateway",area="heap",id="Eden"} 1.0E7
                jvm_memory_used_bytes{application="gateway",area="nonheap",id="Code"} 5.0E7
                """));

        assertThat(look.of(Rank.LIKES)).isEqualTo(new Books(100, all(Cause.LEVEL, 7)));
        assertThat(look.of(Rank.VIEWS).shed(Cause.LEVEL)).isEqualTo(8);
        assertThat(look.level()).isEqualTo(1.25);
        assertThat(look.memory().heap()).isEqualTo(1e7);
    }

    private static Inversions inSecond(Map<Rank, Books> books) {
        return Inversions.in(List.of(look(1, Map.of()), look(2, books)));
    }

    private static Look look(double at, Map<Rank, Books> books) {
        return new Look(at, 0, books, new Memory(at, 0, 0, 0));
    }

    private static Books books(long offered, Cause cause, long shed) {
        return new Books(offered, all(cause, shed));
    }

    private static Map<Cause, Long> all(Cause cause, long shed) {
        Map<Cause, Long> all = new EnumMap<>(Cause.class);
        for (Cause each : Cause.values()) {
            all.put(each, each == cause ? shed : 0);
        }
        return all;
    }
}
