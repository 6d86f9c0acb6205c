package spillway.stack.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HostTest {

    @ParameterizedTest
    @CsvSource({
        "Linux,    amd64,   LINUX_X86_64",
        "Linux,    aarch64, LINUX_ARM64",
        "Mac OS X, x86_64,  MACOS_X86_64",
        "Mac OS X, aarch64, MACOS_ARM64"
    })
    void namesTheJvmUses_findTheHost(String osName, String osArch, Host host) {
        assertThat(Host.of(osName, osArch)).isEqualTo(host);
    }

    @Test
    void aHostWithoutBinaries_isNamed() {
        assertThatThrownBy(() -> Host.of("Windows 11", "amd64")).hasMessageContaining("Windows 11 on amd64");
        assertThatThrownBy(() -> Host.of("Linux", "riscv64")).hasMessageContaining("Linux on riscv64");
    }

    @ParameterizedTest
    @EnumSource
    void everyHost_hasItsRedisInTheBundle(Host host) {
        assertThat(Host.class.getResource("/" + host.redisBinary())).isNotNull();
    }

    @Test
    void thisHost_hasItsPostgresOnTheClassPath() {
        assertThat(Host.class.getResource("/" + Host.current().postgresArchive()))
                .isNotNull();
    }
}
