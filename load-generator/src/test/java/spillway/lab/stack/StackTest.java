package spillway.lab.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
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
        // On a busy machine this thread is given little: until it has got some, or not for ten seconds.
        long end = System.nanoTime() + 10_000_000_000L;
        while (System.nanoTime() < end && stack.cpu(Part.GATEWAY).toMillis() <= before + 50) {
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

    @Test
    void aPartThatIsNotNeeded_mayBeMissing() throws NoStack {
        Map<String, String> environment = complete();
        environment.remove("SPILLWAY_LAB_MONOLITH");

        assertThat(Stack.from(environment, Set.of(Part.POSTGRES_A)).port(Part.POSTGRES_A))
                .isEqualTo(8080);
        assertThatThrownBy(() -> Stack.from(environment, Set.of(Part.MONOLITH))).isInstanceOf(NoStack.class);
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
