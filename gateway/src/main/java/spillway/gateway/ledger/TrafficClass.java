package spillway.gateway.ledger;

import java.util.Locale;

/** What kind of traffic a request is, for the books and for whatever is decided per class. */
public enum TrafficClass {
    POST,
    COMMENT,
    LIKE,
    SHARE,
    VIEW,
    READ,
    /** A write to a path that has no class, which no service serves. */
    OTHER;

    private static final String API = "/v1/";

    /**
     * Whether the path belongs to the API and is booked at all.
     *
     * @param path undecoded, without query
     */
    public static boolean covers(String path) {
        return ApiPath.plain(path).startsWith(API);
    }

    /**
     * The class of a request to the API.
     *
     * @param method in upper case
     * @param path undecoded, without query, one that {@link #covers} accepts
     */
    public static TrafficClass of(String method, String path) {
        if (method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS")) {
            return READ;
        }
        String[] segments = ApiPath.plain(path).substring(API.length()).split("/", -1);
        return switch (segments[0]) {
            case "posts" -> ofPost(segments);
            case "likes" -> segments.length == 1 ? LIKE : OTHER;
            case "views" -> segments.length == 1 ? VIEW : OTHER;
            default -> OTHER;
        };
    }

    private static TrafficClass ofPost(String[] segments) {
        if (segments.length <= 2) {
            return POST;
        }
        if (segments.length > 3) {
            return OTHER;
        }
        return switch (segments[2]) {
            case "comments" -> COMMENT;
            case "like" -> LIKE;
            case "shares" -> SHARE;
            case "views" -> VIEW;
            default -> OTHER;
        };
    }

    /** The value of the tag {@code class} in metrics. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
