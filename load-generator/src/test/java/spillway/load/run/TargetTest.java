package spillway.load.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:8080", "http://localhost", "https://[::1]:8443/", "http://127.1.2.3/base/"})
    void thisMachine_mayBeLoaded(String url) {
        assertThat(Target.of(url, List.of()).address().isLoopbackAddress()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://192.0.2.1", "http://0.0.0.0:8080", "http://[2001:db8::1]", "http://[::]"})
    void anotherMachine_isRefused(String url) {
        assertThatThrownBy(() -> Target.of(url, List.of())).hasMessageContaining("--allow-host");
    }

    @Test
    void anotherMachineThatIsNamed_mayBeLoaded() {
        assertThat(Target.of("http://192.0.2.1", List.of("192.0.2.1")).port()).isEqualTo(80);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:8080", "ftp://127.0.0.1", "http://", "http:///x", "http://127.0.0.1/?a=b", "not a url"
            })
    void whatIsNoUrlOfAGateway_isRefused(String url) {
        assertThatThrownBy(() -> Target.of(url, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTrailingSlash_isNoPath() {
        assertThat(Target.of("http://127.0.0.1:8080/", List.of()).path()).isEmpty();
    }
}
