package spillway.gateway.quota;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.util.matcher.InetAddressMatcher;
import org.springframework.security.util.matcher.InetAddressMatchers;

/**
 * Whose address a request comes from: the connection's peer, or, while that is a trusted proxy, the last address in
 * {@code X-Forwarded-For} that no trusted proxy has. What stands before it was written by the caller. Thread-safe.
 */
public final class Addresses {

    private final @Nullable InetAddressMatcher proxies;
    private final @Nullable InetAddressMatcher exempt;

    Addresses(List<String> proxies, List<String> exempt) {
        this.proxies = matcher(proxies);
        this.exempt = matcher(exempt);
    }

    /** @param forwarded the values of {@code X-Forwarded-For}, in their order */
    public InetAddress of(InetAddress peer, List<String> forwarded) {
        InetAddress nearest = peer;
        if (forwarded.isEmpty() || !isProxy(peer)) {
            return nearest;
        }
        String[] hops = String.join(",", forwarded).split(",", -1);
        for (int i = hops.length - 1; i >= 0 && isProxy(nearest); i--) {
            try {
                nearest = InetAddress.ofLiteral(hops[i].strip());
            } catch (IllegalArgumentException noAddress) {
                return nearest;
            }
        }
        return nearest;
    }

    public boolean isProxy(InetAddress address) {
        return proxies != null && proxies.matches(address);
    }

    public boolean isExempt(InetAddress address) {
        return exempt != null && exempt.matches(address);
    }

    /** What an address is counted by: itself, or of IPv6 the /64 that one host has all of. */
    static long key(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4
                ? ByteBuffer.wrap(bytes).getInt() & 0xffff_ffffL
                : ByteBuffer.wrap(bytes).getLong();
    }

    private static @Nullable InetAddressMatcher matcher(List<String> blocks) {
        return blocks.isEmpty()
                ? null
                : InetAddressMatchers.builder().includeAddresses(blocks).build();
    }
}
