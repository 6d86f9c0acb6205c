package spillway.gateway.ledger;

import org.springframework.http.server.PathContainer;

/**
 * Paths as routing reads them: decoded, and without the parameters of their segments. Otherwise a like could be written so
 * that it is passed on as a like and counted as something else.
 */
public final class ApiPath {

    private ApiPath() {}

    /**
     * The path in plain letters, in which a slash that was encoded still is, since it separates nothing.
     *
     * @param path undecoded, and not what this has returned: what was encoded twice is another path
     */
    public static String plain(String path) {
        if (path.indexOf('%') < 0 && path.indexOf(';') < 0) {
            return path;
        }
        StringBuilder plain = new StringBuilder();
        try {
            for (PathContainer.Element element : PathContainer.parsePath(path).elements()) {
                plain.append(
                        element instanceof PathContainer.PathSegment segment
                                ? segment.valueToMatch().replace("/", "%2F")
                                : element.value());
            }
        } catch (IllegalArgumentException malformed) {
            // Nothing is routed by it.
            return path;
        }
        return plain.toString();
    }
}
