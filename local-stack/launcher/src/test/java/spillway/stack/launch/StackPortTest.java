package spillway.stack.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackPortTest {

    @Test
    void withoutVariables_portsAreTheDocumentedOnes() {
        assertThat(StackPort.from(Map.of()))
                .containsEntry(StackPort.GATEWAY, 8080)
                .containsEntry(StackPort.POSTGRES_B, 15433)
                .hasSize(StackPort.values().length);
    }

    @Test
    void aVariable_movesItsPort() {
        assertThat(StackPort.from(Map.of("SPILLWAY_PORT_POSTGRES_A", "25432")))
                .containsEntry(StackPort.POSTGRES_A, 25432);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65536", "-1", "80a", "123456"})
    void whatIsNoPort_isRefusedByName(String value) {
        assertThatThrownBy(() -> StackPort.from(Map.of("SPILLWAY_PORT_REDIS", value)))
                .hasMessageStartingWith("SPILLWAY_PORT_REDIS=" + value);
    }

    @Test
    void onePortForTwo_isRefused() {
        assertThatThrownBy(() -> StackPort.from(Map.of("SPILLWAY_PORT_REDIS", "8080")))
                .hasMessageContaining("wanted for both gateway and redis");
    }
}
