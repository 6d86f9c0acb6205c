package spillway.gateway.token;

import java.net.InetAddress;

/**
 * A block of IP addresses such as {@code 127.0.0.0/8} or {@code ::1/128}.
 *
 * @param network any address of the block
 * @param prefix how many leading bits its addresses share
 */
public record CidrBlock(InetAddress network, int prefix) {

    public CidrBlock {
        if (prefix < 0 || prefix > network.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("prefix length out of range: /" + prefix);
        }
    }

    /** Reads {@code address/prefix}; the address is a literal, nothing is looked up. */
    public static CidrBlock valueOf(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not of the form address/prefix: " + text);
        }
        return new CidrBlock(
                InetAddress.ofLiteral(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    public boolean contains(InetAddress address) {
        byte[] a = network.getAddress();
        byte[] b = address.getAddress();
        if (a.length != b.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit += Byte.SIZE) {
            int mask = prefix - bit >= Byte.SIZE ? 0xff : 0xff << (Byte.SIZE - (prefix - bit));
            if (((a[bit / Byte.SIZE] ^ b[bit / Byte.SIZE]) & mask & 0xff) != 0) {
                return false;
            }
        }
        return true;
    }
}
