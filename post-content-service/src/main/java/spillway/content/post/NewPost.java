package spillway.content.post;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import spillway.content.idempotency.Fingerprint;
import spillway.platform.text.PlainText;

/**
 * What a user sends to make a post.
 *
 * @param mediaUrls may be left out for none
 */
@Schema(example = """
        {"content": "Doors open at eight!", "mediaUrls": ["https://example.org/queue.jpg"]}""")
record NewPost(
        @NotNull @PlainText(max = NewPost.MAX_CONTENT) String content,
        @Size(max = NewPost.MAX_URLS) List<@NotNull @PlainText(max = NewPost.MAX_URL) @MediaUrl String> mediaUrls) {

    static final int MAX_CONTENT = 5000;
    static final int MAX_URLS = 10;
    static final int MAX_URL = 2048;

    NewPost(String content, @Nullable List<String> mediaUrls) {
        this.content = content;
        // Not List.copyOf: a null element is for validation to report.
        this.mediaUrls = mediaUrls == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(mediaUrls));
    }

    Fingerprint fingerprint() {
        List<String> parts = new ArrayList<>(List.of("post", content));
        parts.addAll(mediaUrls);
        return Fingerprint.of(parts);
    }
}
