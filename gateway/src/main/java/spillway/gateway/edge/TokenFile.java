package spillway.gateway.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A token that somebody else keeps valid in a file. It is read at most once a second and only while writes come. A file
 * that cannot be read, or is empty as while it is being written, leaves the last token in use.
 */
final class TokenFile implements IngestToken {

    private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);

    static final Duration FRESH = Duration.ofSeconds(1);

    private final Path file;
    private final InstantSource clock;
    private volatile Instant freshUntil = Instant.MIN;
    private volatile @Nullable String token;
    private boolean unreadable;

    TokenFile(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    @Override
    public Optional<String> current() {
        if (!clock.instant().isBefore(freshUntil)) {
            read();
        }
        return Optional.ofNullable(token);
    }

    private synchronized void read() {
        Instant now = clock.instant();
        if (now.isBefore(freshUntil)) {
            return;
        }
        freshUntil = now.plus(FRESH);
        try {
            String text = Files.readString(file).strip();
            unreadable = false;
            if (!text.isEmpty()) {
                token = text;
            }
        } catch (IOException e) {
            if (!unreadable) {
                LOG.warn("The token of edge batching cannot be read: {}", e.toString());
            }
            unreadable = true;
        }
    }
}
