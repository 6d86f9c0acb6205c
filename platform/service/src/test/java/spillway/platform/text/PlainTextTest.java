package spillway.platform.text;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

    private static final ValidatorFactory FACTORY = Validation.buildDefaultValidatorFactory();

    private final Validator validator = FACTORY.getValidator();

    @AfterAll
    static void close() {
        FACTORY.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "abc", "😀😀😀", " \n ", "\u202e\u200b"})
    void upToThreeCodePoints_ofAnyScript_pass(String text) {
        assertThat(passes(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abcd", "😀😀😀😀", "a\0b", "\ud83d", "\ude00\ud83d"})
    void emptyLongNulAndLoneSurrogates_doNot(String text) {
        assertThat(passes(text)).isFalse();
    }

    @Test
    void null_isLeftToNotNull() {
        assertThat(passes(null)).isTrue();
    }

    private boolean passes(@Nullable String text) {
        return validator.validate(new Sample(text)).isEmpty();
    }

    private record Sample(@PlainText(max = 3) @Nullable String text) {}
}
