package spillway.lab.shards.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import spillway.lab.shards.strategy.KeyLoads;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

class GeneratorTest {

    @ParameterizedTest
    @EnumSource
    void theSameSeed_makesTheSameWrites_anotherMakesOthers(Population population) {
        Sample sample = new Generator(population, 100, 2_000, 1).sample();

        for (ShardKey key : ShardKey.values()) {
            assertThat(sample.keys(key))
                    .isEqualTo(new Generator(population, 100, 2_000, 1).sample().keys(key));
        }
        assertThat(sample.keys(ShardKey.POST))
                .isNotEqualTo(new Generator(population, 100, 2_000, 2).sample().keys(ShardKey.POST));
    }

    @ParameterizedTest
    @EnumSource
    void posts_countUp_andCarryTheirAuthorsSlots(Population population) {
        Sample sample = new Generator(population, 100, 2_000, 1).sample();
        long[] posts = sample.keys(ShardKey.POST);
        long[] users = sample.keys(ShardKey.USER);

        assertThat(posts).isSorted().doesNotHaveDuplicates();
        for (int write = 0; write < posts.length; write++) {
            assertThat(new PostId(posts[write]).slot()).isEqualTo(new UserId(users[write]).slot());
        }
    }

    @Test
    void theBusiestOfAThousand_writesAsZipfSays() {
        KeyLoads users =
                new Generator(Population.ZIPF, 1_000, 100_000, 1).sample().loads(ShardKey.USER);

        // 1 / (1 + 1/2 + ... + 1/1000)
        assertThat(users.heaviest() / 100_000.0).isCloseTo(0.1336, within(0.005));
    }

    @Test
    void usersInOrder_areTheNewest() {
        long[] users =
                new Generator(Population.ORDERED, 10_000, 50_000, 1).sample().keys(ShardKey.USER);

        assertThat(users[0]).isEqualTo(1);
        assertThat(users[49_999]).isBetween(9_900L, 10_000L);
    }

    @Test
    void aUser_hasOneCountry() {
        Homes homes = new Homes(1);

        assertThat(homes.of(7)).isEqualTo(homes.of(7)).hasSize(2);
        assertThat(new Generator(Population.ZIPF, 1, 100, 1)
                        .sample()
                        .loads(ShardKey.COUNTRY)
                        .size())
                .isEqualTo(1);
    }
}
