package spillway.gateway.edge;

import org.jspecify.annotations.Nullable;
import spillway.platform.id.PostId;

/**
 * The path of one post, or of what belongs to it, as it was sent: undecoded and without a query, so that no two parsers can
 * read it differently.
 *
 * @param ending what follows the id, empty or from the slash on
 */
record PostPath(PostId post, String ending) {

    private static final String POSTS = "/v1/posts/";

    /** None for any other path. */
    static @Nullable PostPath of(String uri) {
        if (!uri.startsWith(POSTS)) {
            return null;
        }
        int slash = uri.indexOf('/', POSTS.length());
        int end = slash < 0 ? uri.length() : slash;
        try {
            return new PostPath(PostId.parse(uri.substring(POSTS.length(), end)), uri.substring(end));
        } catch (IllegalArgumentException noId) {
            return null;
        }
    }
}
