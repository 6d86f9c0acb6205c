package spillway.content.post;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTest {

    @ParameterizedTest
    @ValueSource(strings = {"\"3\"", "*", "\"1\", \"3\"", " \"3\" "})
    void strongTagOfTheVersionOrAStar_allows(String header) {
        assertThat(new IfMatch(header).allows(3)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "3", "W/\"3\"", "", "\"33\"", "'3'"})
    void anyOtherTag_doesNot(String header) {
        assertThat(new IfMatch(header).allows(3)).isFalse();
    }
}
