package spillway.content.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private final Cursor list = Cursor.list(1, 42);

    @Test
    void cursor_givesItsIdBack() {
        assertThat(list.before(list.after(123_456_789_012_345L))).isEqualTo(123_456_789_012_345L);
    }

    @Test
    void noCursor_isTheFirstPage() {
        assertThat(list.before(null)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void cursorOfAnotherOwner_isRefused() {
        refused(Cursor.list(1, 43).after(5));
    }

    @Test
    void cursorOfAnotherKind_isRefused() {
        refused(Cursor.list(2, 42).after(5));
    }

    @Test
    void everyAlteredCharacter_isNoticed() {
        String good = list.after(99);
        for (int i = 0; i < good.length(); i++) {
            char other = good.charAt(i) == 'A' ? 'B' : 'A';
            refused(good.substring(0, i) + other + good.substring(i + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "%%%", "AAAAAAAAAAAAAAAAAAAAAA", "null", "0", "\0", "é"})
    void whatIsNoCursor_isRefused(String text) {
        refused(text);
    }

    @Test
    void paddedCursor_isRefused() {
        refused(list.after(5) + "==");
    }

    private void refused(String cursor) {
        assertThatExceptionOfType(InvalidCursor.class).as(cursor).isThrownBy(() -> list.before(cursor));
    }
}
