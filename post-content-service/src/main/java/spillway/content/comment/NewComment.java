package spillway.content.comment;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import spillway.content.idempotency.Fingerprint;
import spillway.platform.id.PostId;
import spillway.platform.text.PlainText;

/** What a user sends to comment on a post. */
@Schema(example = """
        {"content": "See you there."}""")
record NewComment(@NotNull @PlainText(max = 2000) String content) {

    Fingerprint fingerprint(PostId post) {
        return Fingerprint.of(List.of("comment", post.toString(), content));
    }
}
