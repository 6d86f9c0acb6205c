package spillway.content.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/** When a shard that was asked for some posts only may have more that belong to the page. */
class LatestPostsTest {

    @Test
    void shardWithOldPostsOnly_hidesNone() {
        assertThat(LatestPosts.mayHideSome(List.of(posts(9, 2), posts(8, 7)), 2, 3))
                .isFalse();
    }

    @Test
    void shardWhoseLastIsNewerThanThePagesLast_mayHideOneBetween() {
        assertThat(LatestPosts.mayHideSome(List.of(posts(9, 8), posts(4, 3)), 2, 3))
                .isTrue();
    }

    @Test
    void pageThatIsNotFull_isNotBelieved_whileAShardGaveAllItWasAskedFor() {
        assertThat(LatestPosts.mayHideSome(List.of(posts(9, 8), posts(7)), 2, 4))
                .isTrue();
    }

    @Test
    void shardWithFewerThanAskedFor_hasNoMore() {
        assertThat(LatestPosts.mayHideSome(List.of(posts(9), posts()), 2, 4)).isFalse();
    }

    @Test
    void whoeverWasAskedForAPage_hidesNone() {
        assertThat(LatestPosts.mayHideSome(List.of(posts(9, 8), posts(7, 6)), 2, 2))
                .isFalse();
    }

    private static List<Post> posts(long... ids) {
        return LongStream.of(ids)
                .mapToObj(id -> Post.read(new PostId(id), new UserId(1), "x", new String[0], 1))
                .toList();
    }
}
