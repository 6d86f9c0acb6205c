package spillway.load.run;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Collection;

/**
 * Where the load goes. The name is looked up once and the address kept, so that what was checked is what is loaded.
 *
 * @param path what stands before every request's path, empty or starting with a slash
 */
public record Target(String host, int port, boolean tls, String path, InetAddress address) {

    /**
     * Accepts http and https URLs of this machine, and of others only when they are named.
     *
     * @throws IllegalArgumentException when the URL is none, its host is unknown, or is another machine's without leave
     */
    public static Target of(String url, Collection<String> allowedHosts) {
        URI uri = parse(url);
        String host = uri.getHost();
        boolean tls = "https".equals(uri.getScheme());
        if (host == null || uri.getRawQuery() != null || !(tls || "http".equals(uri.getScheme()))) {
            throw new IllegalArgumentException("not the URL of a gateway: " + url);
        }
        InetAddress address = lookUp(host);
        if (!address.isLoopbackAddress() && !allowedHosts.contains(host)) {
            throw new IllegalArgumentException(host + " is another machine: load it only with --allow-host " + host);
        }
        int port = uri.getPort() < 0 ? (tls ? 443 : 80) : uri.getPort();
        return new Target(host, port, tls, uri.getRawPath().replaceAll("/+$", ""), address);
    }

    /** The base URL, as given. */
    public String url() {
        return (tls ? "https://" : "http://") + host + ":" + port + path;
    }

    private static URI parse(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL: " + url, e);
        }
    }

    private static InetAddress lookUp(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("unknown host: " + host, e);
        }
    }
}
