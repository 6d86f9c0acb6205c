package spillway.platform.problem;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** A request body went past the limit while it was being read. */
final class BodyTooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    BodyTooLarge(DataSize limit) {
        super("The body is larger than " + limit.toBytes() + " bytes.");
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** The one in a chain of causes: message converters wrap what the stream threw. */
    static @Nullable BodyTooLarge in(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof BodyTooLarge tooLarge) {
                return tooLarge;
            }
        }
        return null;
    }
}
