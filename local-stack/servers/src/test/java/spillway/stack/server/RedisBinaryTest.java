package spillway.stack.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedisBinaryTest {

    @Test
    void versions_sortAsNumbers() {
        assertThat(RedisBinary.version("Redis server v=7.10.0 sha=0"))
                .isGreaterThan(RedisBinary.version("Redis server v=7.9.12 sha=0"));
    }

    @Test
    void aBinaryThatSaysNoVersion_isTheOldest() {
        assertThat(RedisBinary.version("error while loading shared libraries")).isZero();
    }
}
