package spillway.load.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import spillway.load.plan.Operation.CreatePost;
import spillway.load.plan.Operation.Like;
import spillway.load.plan.Operation.Unlike;

class ScenarioTest {

    private static final Scenario SCENARIO = blackFriday(7);

    @Test
    void oneSeed_givesOnePlan() {
        assertThat(operations(SCENARIO)).isEqualTo(operations(SCENARIO));
    }

    @Test
    void anotherSeed_givesAnotherPlan() {
        assertThat(operations(blackFriday(8))).isNotEqualTo(operations(SCENARIO));
    }

    @Test
    void aPart_neverGoesBackInTime() {
        assertThat(SCENARIO.parts())
                .allSatisfy(part -> assertThat(part.operations())
                        .extracting(Planned::atNanos)
                        .isSorted());
    }

    @Test
    void onlyPublishing_insists() {
        assertThat(SCENARIO.parts()).extracting(Part::insists).containsExactly(true, false);
    }

    @Test
    void theBurst_bringsFourTimesTheSteadyRate() {
        long steady = browsedBetween(Duration.ofSeconds(9), Duration.ofSeconds(18));
        long burst = browsedBetween(Duration.ofSeconds(18), Duration.ofSeconds(30));

        assertThat(steady / 9.0).isCloseTo(200, within(20.0));
        assertThat(burst / 12.0).isCloseTo(800, within(40.0));
    }

    @Test
    void whatComesBeforeTheSteadyTraffic_isNotMeasured() {
        assertThat(SCENARIO.phases())
                .filteredOn(Phase::warmUp)
                .extracting(Phase::name)
                .containsExactly("publish", "warm-up");
    }

    @Test
    void everyPost_isPublishedBeforeAnybodyLikesIt() {
        Set<Integer> published = new HashSet<>();
        for (Planned planned : operations(SCENARIO)) {
            if (planned.operation() instanceof CreatePost creation) {
                assertThat(published.add(creation.post())).isTrue();
            } else {
                assertThat(published).contains(planned.operation().post());
            }
        }
        assertThat(published).hasSizeGreaterThan(100);
    }

    @Test
    void aTenthOfTheVotes_takeEarlierLikesBack() {
        List<Operation> votes = operations(SCENARIO).stream()
                .map(Planned::operation)
                .filter(operation -> operation.trafficClass() == TrafficClass.LIKES)
                .toList();
        Set<Like> given = new HashSet<>();
        int unlikes = 0;
        for (Operation vote : votes) {
            switch (vote) {
                case Like like -> given.add(like);
                case Unlike unlike -> {
                    unlikes++;
                    assertThat(given).contains(new Like(unlike.post(), unlike.user()));
                }
                default -> throw new AssertionError(vote);
            }
        }
        assertThat((double) unlikes / votes.size()).isCloseTo(0.1, within(0.03));
    }

    @Test
    void oneViralPost_getsTheMostLikes() {
        var likes = operations(SCENARIO).stream()
                .map(Planned::operation)
                .filter(Like.class::isInstance)
                .collect(Collectors.groupingBy(Operation::post, Collectors.counting()));

        long viral = likes.getOrDefault(0, 0L);
        long next = likes.entrySet().stream()
                .filter(entry -> entry.getKey() != 0)
                .mapToLong(entry -> entry.getValue())
                .max()
                .orElseThrow();
        assertThat(viral).isGreaterThan(2 * next);
    }

    @Test
    void everybodyWhoActs_isAmongTheUsers() {
        Set<Long> users = Set.copyOf(SCENARIO.users());

        assertThat(operations(SCENARIO))
                .allMatch(planned -> users.contains(planned.operation().user()));
    }

    @Test
    void aCelebritysPosts_haveOneAuthor() {
        Scenario celebrity = scenario(Preset.CELEBRITY, 7);

        assertThat(operations(celebrity).stream()
                        .map(Planned::operation)
                        .filter(operation -> operation instanceof CreatePost && operation.post() < 10)
                        .map(Operation::user)
                        .distinct())
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void everyPreset_staysBetweenItsBaseAndItsPeak(Preset preset) {
        double highest = preset.shape(100, preset.peak(), Duration.ofSeconds(40)).phases().stream()
                .mapToDouble(phase -> phase.curve().peak())
                .max()
                .orElseThrow();

        assertThat(highest).isCloseTo(100 * preset.peak(), within(1e-6));
        assertThat(operations(scenario(preset, 3))).hasSizeGreaterThan(1_000);
    }

    @Test
    void anotherDay_makesOtherPosts() {
        Scenario again = SCENARIO.again(8, 1_000, SCENARIO.shape());

        assertThat(again.browsing().operations())
                .map(Planned::operation)
                .filteredOn(CreatePost.class::isInstance)
                .isNotEmpty()
                .allMatch(operation -> operation.post() >= 1_100);
    }

    private static Scenario blackFriday(long seed) {
        return scenario(Preset.BLACK_FRIDAY, seed);
    }

    private static Scenario scenario(Preset preset, long seed) {
        Shape shape = preset.shape(200, preset.peak(), Duration.ofSeconds(30)).warmedUp(Duration.ofSeconds(9), 200);
        return new Scenario(preset.label(), seed, 500, 100, shape, preset.mix(), preset.popularity());
    }

    private static long browsedBetween(Duration from, Duration to) {
        return StreamSupport.stream(SCENARIO.parts().getLast().operations().spliterator(), false)
                .filter(planned -> planned.atNanos() >= from.toNanos() && planned.atNanos() < to.toNanos())
                .count();
    }

    private static List<Planned> operations(Plan plan) {
        List<Planned> all = new ArrayList<>();
        plan.parts().forEach(part -> part.operations().forEach(all::add));
        return all;
    }
}
