package spillway.monolith.post;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.hibernate.validator.constraints.URL;
import org.jspecify.annotations.Nullable;
import spillway.platform.text.PlainText;

/**
 * What an author sends.
 *
 * @param content 1 to 5,000 characters
 * @param mediaUrls up to 10 http or https addresses; none when absent
 */
record NewPost(
        @NotNull @PlainText(max = 5000) String content,
        @Size(max = 10) List<@NotNull @PlainText(max = 2048) @URL(regexp = "(?i)https?://.+") String> mediaUrls) {

    NewPost(String content, @Nullable List<String> mediaUrls) {
        this.content = content;
        this.mediaUrls = mediaUrls == null ? List.of() : mediaUrls;
    }
}
