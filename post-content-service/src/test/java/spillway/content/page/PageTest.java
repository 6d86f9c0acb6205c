package spillway.content.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

    private final Cursor list = Cursor.list(1, 1);

    @Test
    void oneMoreThanTheLimit_givesACursorAfterTheLastShown() {
        Page<Long> page = Page.of(List.of(9L, 8L, 7L), 2, list, Long::longValue, List.of());

        assertThat(page.items()).containsExactly(9L, 8L);
        assertThat(list.before(page.next())).isEqualTo(8L);
    }

    @Test
    void exactlyTheLimit_isTheLastPage() {
        Page<Long> page = Page.of(List.of(9L, 8L), 2, list, Long::longValue, List.of(3));

        assertThat(page.items()).containsExactly(9L, 8L);
        assertThat(page.next()).isNull();
        assertThat(page.incomplete()).containsExactly(3);
    }
}
