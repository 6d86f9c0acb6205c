package spillway.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundsPageTest {

    private static final Map<String, String> DEFAULTS = Map.of("a.most", "10", "a.wait", "2s", "b.most", "5");

    @TempDir
    private Path folder;

    @Test
    void rowThatSaysWhatTheCodeDoes_isRight() throws IOException {
        assertThat(differences("gateway", "| gateway | queue | `10`, for `2s` | `a.most`, `a.wait` | 503 | |"))
                .isEmpty();
    }

    @Test
    void otherDefault_isNamed_andSoIsASettingThatDoesNotExist() throws IOException {
        assertThat(differences("gateway", "| gateway | queue | `11` | `a.most` | 503 | |"))
                .containsExactly("queue: a.most is 10, not 11");
        assertThat(differences("gateway", "| gateway | queue | `10` | `a.mots` | 503 | |"))
                .containsExactly("queue: a.mots is null, not 10");
    }

    @Test
    void settingWithoutItsDefault_isNamed() throws IOException {
        assertThat(differences("gateway", "| gateway | queue | `10` | `a.most`, `a.wait` | 503 | |"))
                .containsExactly("queue: 2 settings, 1 defaults");
    }

    @Test
    void rowsOfOthers_andThoseThatCannotBeSet_areLeftOut() throws IOException {
        assertThat(differences(
                        "content",
                        "| gateway | queue | `11` | `a.most` | 503 | |",
                        "| metrics, content | ring | 60 | | the oldest goes | |",
                        "| services | pool | `5` | `b.most` | wait | |"))
                .isEmpty();
        assertThat(differences("content", "| services | pool | `6` | `b.most` | wait | |"))
                .containsExactly("pool: b.most is 5, not 6");
        assertThat(differences("gateway", "| services | pool | `6` | `b.most` | wait | |"))
                .containsExactly("no row is about gateway");
    }

    private List<String> differences(String part, String... rows) throws IOException {
        Path page = folder.resolve("bounds.md");
        Files.write(page, List.of(rows));
        return new BoundsPage(page).differences(part, DEFAULTS);
    }
}
