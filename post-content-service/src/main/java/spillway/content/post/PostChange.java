package spillway.content.post;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import spillway.platform.text.PlainText;

/** What a user sends to change a post; what is absent or null stays as it is. */
@Schema(example = """
        {"content": "Doors open at nine!"}""")
record PostChange(
        @Nullable @PlainText(max = NewPost.MAX_CONTENT) String content,

        @Nullable @Size(max = NewPost.MAX_URLS) List<@NotNull @PlainText(max = NewPost.MAX_URL) @MediaUrl String> mediaUrls) {

    @AssertTrue(message = "must name content or mediaUrls") boolean isChange() {
        return content != null || mediaUrls != null;
    }
}
