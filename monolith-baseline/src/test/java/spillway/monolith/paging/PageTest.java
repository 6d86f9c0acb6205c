package spillway.monolith.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    @Test
    void surplusItem_isLeftOut_andTellsOfANextPiece() {
        Page<Long> page = Page.of(List.of(9L, 8L, 7L), 2, Long::longValue);

        assertThat(page.items()).containsExactly(9L, 8L);
        assertThat(page.next()).isEqualTo(new Cursor(8).toString());
    }

    @Test
    void exactlyAsManyAsFit_areTheLastPiece() {
        assertThat(Page.of(List.of(9L, 8L), 2, Long::longValue).next()).isNull();
    }

    @Test
    void cursor_isReadBack() {
        assertThat(Cursor.from(Cursor.START.toString())).isEqualTo(Cursor.START);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAAAAAAAAA", "gAAAAAAAAAA", "AAAAAAAAAAEB", "not base64!"})
    void whatWeDidNotMake_isNoCursor(String text) {
        assertThatThrownBy(() -> Cursor.from(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
