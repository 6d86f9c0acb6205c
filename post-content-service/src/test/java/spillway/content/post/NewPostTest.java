package spillway.content.post;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewPostTest {

    private static final ValidatorFactory FACTORY = Validation.buildDefaultValidatorFactory();

    private final Validator validator = FACTORY.getValidator();

    @AfterAll
    static void close() {
        FACTORY.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a", "https://example.org/a/b.jpg?w=1#x", "HTTPS://EXAMPLE.ORG", "http://[::1]:80/"})
    void webUrls_pass(String url) {
        assertThat(passes(new NewPost("x", List.of(url)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://a",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "http:",
                "http:///path",
                "//a/b",
                "http://a b",
                "http://a/\0",
                "http://a/\ud800"
            })
    void whatIsNoWebUrl_doesNot(String url) {
        assertThat(passes(new NewPost("x", List.of(url)))).isFalse();
    }

    @Test
    void urlOf2048Characters_isTheLongest() {
        String longest = "http://a/" + "x".repeat(2048 - 9);

        assertThat(passes(new NewPost("x", List.of(longest)))).isTrue();
        assertThat(passes(new NewPost("x", List.of(longest + "x")))).isFalse();
    }

    @Test
    void tenUrls_areTheMost() {
        assertThat(passes(new NewPost("x", Collections.nCopies(10, "http://a"))))
                .isTrue();
        assertThat(passes(new NewPost("x", Collections.nCopies(11, "http://a"))))
                .isFalse();
    }

    @Test
    void nullUrl_isReportedAndNotThrown() {
        assertThat(passes(new NewPost("x", Arrays.asList("http://a", null)))).isFalse();
    }

    @Test
    void absentUrls_areNone() {
        assertThat(new NewPost("x", null).mediaUrls()).isEmpty();
    }

    @Test
    void fingerprint_isOfContentAndUrlsInOrder() {
        NewPost post = new NewPost("x", List.of("http://a", "http://b"));

        assertThat(post.fingerprint())
                .isEqualTo(new NewPost("x", List.of("http://a", "http://b")).fingerprint())
                .isNotEqualTo(new NewPost("x", List.of("http://b", "http://a")).fingerprint())
                .isNotEqualTo(new NewPost("y", List.of("http://a", "http://b")).fingerprint());
    }

    private boolean passes(NewPost post) {
        return validator.validate(post).isEmpty();
    }
}
