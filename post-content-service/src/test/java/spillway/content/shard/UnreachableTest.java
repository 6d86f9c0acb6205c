package spillway.content.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnreachableTest {

    @ParameterizedTest
    @ValueSource(strings = {"08006", "40P01", "53300", "55P03", "57014", "57P01", "58030"})
    void databaseThatCannotServe_isUnreachable(String state) {
        assertThat(Unreachable.isCauseOf(new IllegalStateException(new SQLException("", state))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "22021", "42P01"})
    void refusedStatement_isNot(String state) {
        assertThat(Unreachable.isCauseOf(new SQLException("", state))).isFalse();
    }

    @Test
    void poolThatIsBusyOrHasClosedTheConnection_isUnreachableWithoutAState() {
        assertThat(Unreachable.isCauseOf(new RuntimeException(new SQLTransientConnectionException("none free"))))
                .isTrue();
        assertThat(Unreachable.isCauseOf(new RuntimeException(new SQLException("Connection is closed"))))
                .isTrue();
    }

    @Test
    void otherFailures_areNot() {
        assertThat(Unreachable.isCauseOf(new IllegalStateException("a bug"))).isFalse();
    }
}
