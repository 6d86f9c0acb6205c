package spillway.metrics.counts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CountsTest {

    @Test
    void aCountThatMovesOnWhileItIsRead_hasComeAsFarAsItHadBefore() {
        assertThat(part("topic:7", "topic:9").applied()).isEqualTo(7);
    }

    @Test
    void aCountThatIsLostWhileItIsRead_hasComeNowhere() {
        assertThat(part("topic:7", null).applied()).isEqualTo(-1);
    }

    private static Counts.Part part(String before, @Nullable String after) {
        return new Counts.Part(
                CompletableFuture.completedFuture(bytes(before)),
                CompletableFuture.completedFuture(List.of()),
                CompletableFuture.completedFuture(after == null ? null : bytes(after)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
