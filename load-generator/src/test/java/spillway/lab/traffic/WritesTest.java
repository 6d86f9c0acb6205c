package spillway.lab.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import spillway.load.plan.Operation;
import spillway.load.plan.Operation.CreatePost;
import spillway.load.plan.Operation.Like;
import spillway.load.plan.Part;

class WritesTest {

    private static final List<Long> USERS = LongStream.range(1, 401).boxed().toList();

    @ParameterizedTest
    @EnumSource(names = {"HOT", "SPREAD"})
    void everyLikeIsNew_alsoInALaterStretch(Pattern pattern) {
        Writes writes = new Writes(pattern, USERS, 1);

        List<Operation> all = operations(writes.stretch(2_000, Duration.ofSeconds(1), Duration.ofSeconds(1)));
        all.addAll(operations(writes.stretch(2_000, Duration.ofSeconds(1), Duration.ofSeconds(1))));

        Set<Operation> distinct = new HashSet<>(all);
        assertThat(all).hasSizeGreaterThan(7_000);
        assertThat(distinct).hasSameSizeAs(all);
    }

    @Test
    void hot_isOnePostUntilEverybodyHasLikedIt() {
        Writes writes = new Writes(Pattern.HOT, USERS, 1);

        List<Operation> all = operations(writes.stretch(500, Duration.ofSeconds(1), Duration.ofSeconds(1)));

        assertThat(all.subList(0, USERS.size())).allMatch(like -> like.post() == 0);
        assertThat(all.get(USERS.size()).post()).isEqualTo(1);
    }

    @Test
    void knocks_writeNothing() {
        Writes writes = new Writes(Pattern.KNOCKS, USERS, 1);

        assertThat(operations(writes.stretch(500, Duration.ofSeconds(1), Duration.ofSeconds(1))))
                .allMatch(Operation.Visit.class::isInstance);
    }

    @Test
    void spread_neverHasOnePostTwiceInARow() {
        List<Operation> all = operations(
                new Writes(Pattern.SPREAD, USERS, 1).stretch(500, Duration.ofSeconds(1), Duration.ofSeconds(1)));
        for (int i = 1; i < all.size(); i++) {
            assertThat(all.get(i).post()).isNotEqualTo(all.get(i - 1).post());
        }
    }

    @Test
    void zipf_likesTheFirstPostMost() {
        List<Operation> all = operations(
                new Writes(Pattern.ZIPF, USERS, 1).stretch(2_000, Duration.ofSeconds(1), Duration.ofSeconds(1)));
        long first = all.stream().filter(like -> like.post() == 0).count();
        long tenth = all.stream().filter(like -> like.post() == 9).count();
        assertThat(first).isGreaterThan(5 * tenth);
    }

    @Test
    void newPosts_haveNumbersOfTheirOwn() {
        Writes writes = new Writes(Pattern.POSTS, USERS, 1);
        List<Operation> all = operations(writes.publishing());
        all.addAll(operations(writes.stretch(100, Duration.ofSeconds(1), Duration.ofSeconds(1))));
        all.addAll(operations(writes.stretch(100, Duration.ofSeconds(1), Duration.ofSeconds(1))));

        assertThat(all).allMatch(CreatePost.class::isInstance);
        assertThat(all.stream().map(Operation::post)).doesNotHaveDuplicates();
    }

    @Test
    void twoWithOneSeed_writeTheSame() {
        Part one = new Writes(Pattern.ZIPF, USERS, 7).stretch(300, Duration.ofSeconds(1), Duration.ofSeconds(1));
        Part other = new Writes(Pattern.ZIPF, USERS, 7).stretch(300, Duration.ofSeconds(1), Duration.ofSeconds(1));

        assertThat(operations(one)).isEqualTo(operations(other)).allMatch(Like.class::isInstance);
    }

    private static List<Operation> operations(Part part) {
        List<Operation> operations = new ArrayList<>();
        part.operations().forEach(planned -> operations.add(planned.operation()));
        return operations;
    }
}
