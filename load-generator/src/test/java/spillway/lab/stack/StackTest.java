package spillway.lab.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackTest {

    @Test
    void eachPart_hasTheAddressItWasGiven() throws NoStack {
        Map<String, String> environment = complete();
        environment.put("SPILLWAY_LAB_POSTGRES_B", "15499 1");

        Stack stack = Stack.from(environment);

        assertThat(stack.jdbcUrl(Part.POSTGRES_B, "shard_4")).isEqualTo("jdbc:postgresql://127.0.0.1:15499/shard_4");
        assertThat(stack.url(Part.GATEWAY)).isEqualTo("http://127.0.0.1:8080");
    }

    @Test
    void cpuTimeOfALivingProcess_growsWithItsWork() throws NoStack {
        Stack stack = Stack.from(complete());
        long before = stack.cpu(Part.GATEWAY).toMillis();
        long end = System.nanoTime() + 200_000_000L;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(stack.cpu(Part.GATEWAY).toMillis()).isGreaterThan(before + 50);
    }

    @Test
    void withoutALauncher_thereIsNoStack() {
        assertThatThrownBy(() -> Stack.from(Map.of())).isInstanceOf(NoStack.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8080", "port 12", "8080 12 13", "-1 4"})
    void aPartThatIsNotDescribed_isNamed(String said) {
        Map<String, String> environment = complete();
        environment.put("SPILLWAY_LAB_REDIS", said);

        assertThatThrownBy(() -> Stack.from(environment))
                .isInstanceOf(NoStack.class)
                .hasMessageContaining("redis");
    }

    private static Map<String, String> complete() {
        Map<String, String> environment = new HashMap<>();
        for (Part part : Part.values()) {
            environment.put(part.variable(), "8080 " + ProcessHandle.current().pid());
        }
        environment.put("SPILLWAY_LAB_SECRETS", "secrets");
        return environment;
    }
}
