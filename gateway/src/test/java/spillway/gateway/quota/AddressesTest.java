package spillway.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressesTest {

    private static final InetAddress PROXY = InetAddress.ofLiteral("10.0.0.1");
    private static final InetAddress CALLER = InetAddress.ofLiteral("198.51.100.7");

    private final Addresses addresses = new Addresses(List.of("10.0.0.0/8"), List.of("127.0.0.0/8", "::1"));

    @Test
    void whoIsNoProxy_cannotSayWhereItComesFrom() {
        assertThat(addresses.of(CALLER, List.of("203.0.113.9"))).isEqualTo(CALLER);
    }

    @Test
    void aProxysLastHop_isTheCaller_andWhatTheCallerWroteBeforeItIsNot() {
        assertThat(addresses.of(PROXY, List.of("203.0.113.9, 198.51.100.7"))).isEqualTo(CALLER);
        assertThat(addresses.of(PROXY, List.of("203.0.113.9", "198.51.100.7"))).isEqualTo(CALLER);
    }

    @Test
    void proxiesBehindProxies_areSkipped() {
        assertThat(addresses.of(PROXY, List.of("203.0.113.9, 198.51.100.7, 10.0.0.2")))
                .isEqualTo(CALLER);
    }

    @Test
    void whatIsNoAddress_countsForTheProxyThatWroteIt_andIsNeverLookedUp() {
        assertThat(addresses.of(PROXY, List.of("unknown"))).isEqualTo(PROXY);
        assertThat(addresses.of(PROXY, List.of("localhost"))).isEqualTo(PROXY);
        assertThat(addresses.of(PROXY, List.of(""))).isEqualTo(PROXY);
        assertThat(addresses.of(PROXY, List.of())).isEqualTo(PROXY);
    }

    @Test
    void loopback_isExempt_andNothingElse() {
        assertThat(addresses.isExempt(InetAddress.ofLiteral("127.0.0.2"))).isTrue();
        assertThat(addresses.isExempt(InetAddress.ofLiteral("::1"))).isTrue();
        assertThat(addresses.isExempt(CALLER)).isFalse();
        assertThat(new Addresses(List.of(), List.of()).isExempt(InetAddress.ofLiteral("127.0.0.1")))
                .isFalse();
    }

    @Test
    void oneHostsManyAddresses_areOneKey() {
        assertThat(Addresses.key(InetAddress.ofLiteral("2001:db8:1:2::1")))
                .isEqualTo(Addresses.key(InetAddress.ofLiteral("2001:db8:1:2:ffff:ffff:ffff:ffff")))
                .isNotEqualTo(Addresses.key(InetAddress.ofLiteral("2001:db8:1:3::1")));
        assertThat(Addresses.key(InetAddress.ofLiteral("255.255.255.255"))).isEqualTo(0xffff_ffffL);
        assertThat(Addresses.key(InetAddress.ofLiteral("::ffff:198.51.100.7"))).isEqualTo(Addresses.key(CALLER));
    }
}
