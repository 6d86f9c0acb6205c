package spillway.load.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import spillway.load.plan.Operation.CreatePost;
import spillway.load.plan.Operation.Like;
import spillway.load.plan.Planned;
import spillway.load.plan.Recorded;

class TracePlanTest {

    private static final long LEAD = TracePlan.LEAD.toNanos();

    @TempDir
    Path folder;

    @Test
    void rows_becomePostsAndLikesInCompressedTime() throws IOException {
        TracePlan plan = plan(2, "10,post,a,1,1", "20,like,a,1,5", "21.5,reshare,a,1,6");

        assertThat(operations(plan))
                .containsExactly(
                        new Planned(0, new CreatePost(0, 1, "Post a")),
                        new Planned(5_000_000_000L + LEAD, new Like(0, 5)),
                        new Planned(5_750_000_000L + LEAD, new Like(0, 6)));
        assertThat(plan.users()).containsExactly(1L, 5L, 6L);
    }

    @Test
    void aPostThatAppearsOnlyThroughALike_isCreatedThenByItsAuthor() throws IOException {
        TracePlan plan = plan(1, "3,like,b,8,5");

        assertThat(operations(plan))
                .containsExactly(new Planned(0, new CreatePost(0, 8, "Post b")), new Planned(LEAD, new Like(0, 5)));
    }

    @Test
    void laterPosts_areCreatedBetweenEarlierLikes() throws IOException {
        TracePlan plan = plan(1, "0,post,a,1,1", "1,like,a,1,5", "2,post,b,2,2", "9,like,a,1,6");

        assertThat(operations(plan)).extracting(Planned::atNanos).isSorted();
        assertThat(operations(plan)).hasSize(4);
    }

    @Test
    void repeatedLikes_areSentButDemandedOnce() throws IOException {
        TracePlan plan = plan(1, "0,post,a,1,1", "1,like,a,1,5", "2,like,a,1,5", "3,like,a,1,6");

        assertThat(operations(plan)).hasSize(4);
        assertThat(plan.recorded()).containsExactly(new Recorded(0, "a", 2));
    }

    @Test
    void aRepeatedPostRow_createsOnePost() throws IOException {
        TracePlan plan = plan(1, "0,post,a,1,1", "1,post,a,1,1");

        assertThat(operations(plan)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0,post,a,1          | line 2: 4 fields instead of offset_seconds,kind,post,author,user
                    x,post,a,1,1        | line 2: the offset is not a number of seconds: "x"
                    -1,post,a,1,1       | line 2: the offset is not a number of seconds: "-1"
                    1e9,post,a,1,1      | line 2: the offset is not a number of seconds: "1e9"
                    0,dislike,a,1,1     | line 2: the kind is neither post, like nor reshare: "dislike"
                    0,post,,1,1         | line 2: not a post: ""
                    0,post,a,0,1        | line 2: the author is not a positive number: "0"
                    0,like,a,1,-4       | line 2: the user is not a positive number: "-4"
                    0,like,a,1,9999999999999999999 | line 2: the user is not a positive number: "9999999999999999999"
                    """)
    void aBadRow_isNamedWithItsLine(String row, String message) {
        assertThatThrownBy(() -> plan(1, row)).isInstanceOf(TraceFault.class).hasMessage(message);
    }

    @Test
    void timeThatGoesBackwards_isRefused() {
        assertThatThrownBy(() -> plan(1, "5,post,a,1,1", "", "4,like,a,1,2"))
                .hasMessage("line 4: the offset goes backwards");
    }

    @Test
    void aPostWithTwoAuthors_isRefused() {
        assertThatThrownBy(() -> plan(1, "5,post,a,1,1", "6,like,a,3,2"))
                .hasMessage("line 3: post a has another author above: 1");
    }

    @Test
    void anotherHeader_isRefused() throws IOException {
        Path file = folder.resolve("trace.csv");
        Files.writeString(file, "time,user\n1,2\n");

        assertThatThrownBy(() -> TracePlan.of(file, 1))
                .hasMessage("line 1: the header must be offset_seconds,kind,post,author,user");
    }

    @Test
    void aTraceWithoutRows_isRefused() {
        assertThatThrownBy(() -> plan(1)).hasMessage("it has no rows");
    }

    @Test
    void anEmptyFile_isRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("empty.csv"));

        assertThatThrownBy(() -> TracePlan.of(file, 1)).isInstanceOf(TraceFault.class);
    }

    @Test
    void bytesThatAreNoText_areRefused() throws IOException {
        Path file = folder.resolve("trace.csv");
        byte[] header = (TraceRow.HEADER + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] bytes = java.util.Arrays.copyOf(header, header.length + 2);
        bytes[header.length] = (byte) 0xff;
        Files.write(file, bytes);

        assertThatThrownBy(() -> TracePlan.of(file, 1)).hasMessageContaining("not UTF-8");
    }

    @Test
    void aMissingFileOrAFolder_isRefused() {
        assertThatThrownBy(() -> TracePlan.of(folder.resolve("none.csv"), 1)).hasMessage("there is no such file");
        assertThatThrownBy(() -> TracePlan.of(folder, 1)).hasMessage("it is not a regular file");
    }

    private TracePlan plan(double speedup, String... rows) throws IOException {
        Path file = folder.resolve("trace.csv");
        Files.writeString(file, TraceRow.HEADER + "\r\n" + String.join("\n", rows) + "\n");
        return TracePlan.of(file, speedup);
    }

    private static List<Planned> operations(TracePlan plan) {
        List<Planned> all = new ArrayList<>();
        plan.parts().forEach(part -> part.operations().forEach(all::add));
        return all;
    }
}
