package spillway.load.threshold;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import spillway.load.oracle.Book;
import spillway.load.plan.TrafficClass;
import spillway.load.run.PhaseResult;
import spillway.load.run.Quantiles;
import spillway.load.run.Sent;

/**
 * One thing a run is held to, of what was measured outside warm-ups.
 *
 * @param text as it was written
 * @param scope the class of requests, or null for all
 * @param phase the only phase that is looked at, spaces in its name as hyphens; null for all that are no warm-up
 * @param limit in milliseconds, requests, percent of the requests sent, or requests per second
 */
public record Threshold(
        String text,
        @Nullable TrafficClass scope,
        @Nullable String phase,
        Metric metric,
        Comparison comparison,
        double limit,
        Unit unit) {

    private static final Quantiles NONE = new Quantiles(0, 0, 0, 0, 0, 0);
    private static final Pattern FORM = Pattern.compile(
            "(?:(?<scope>[a-z]+)(?:@(?<phase>[a-z0-9-]+))?\\.)?(?<metric>p50|p95|p99|p99\\.9|max|accepted|shed|rejected|failed|unknown|recovery)"
                    + "\\s*(?<sign><=|>=|<|>|=)=?\\s*(?<limit>\\d{1,12}(?:\\.\\d{1,6})?)\\s*(?<unit>us|ms|s|%|/s)?");

    /**
     * Reads thresholds like {@code posts.p99<250ms}, {@code failed=0}, {@code likes.shed<=1%}, {@code accepted>100/s} and
     * {@code posts@burst.accepted>=99.9%}.
     * A time needs its unit; a count has none, and may be a share of the requests sent or a rate instead.
     *
     * @throws IllegalArgumentException when it is not of that form
     */
    public static Threshold parse(String text) {
        Matcher match = FORM.matcher(text.strip());
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "not of the form posts.p99<250ms, failed=0, shed<=1% or accepted>100/s: \"" + text + "\"");
        }
        Metric metric = metric(match.group("metric"));
        String unit = Objects.requireNonNullElse(match.group("unit"), "");
        double limit = Double.parseDouble(match.group("limit"));
        return new Threshold(
                text.strip(),
                scope(match.group("scope")),
                match.group("phase"),
                metric,
                Comparison.of(match.group("sign")),
                metric.isTime() ? millis(limit, unit) : limit,
                metric.isTime() ? Unit.MILLIS : unitOfCount(unit));
    }

    public Check check(Sent sent) {
        double actual = actual(sent);
        return new Check(text, unit.show(actual), comparison.holds(actual, limit));
    }

    private double actual(Sent sent) {
        if (metric == Metric.RECOVERY) {
            return sent.recovery()
                    .map(recovery -> recovery.seconds().orElse(Double.POSITIVE_INFINITY) * 1_000)
                    .orElse(Double.NaN);
        }
        PhaseResult only = phase == null ? null : only(sent, phase);
        if (phase != null && only == null) {
            return Double.NaN;
        }
        if (metric.isTime()) {
            return metric.of(only == null ? latency(sent) : latency(only));
        }
        Book book = only == null ? book(sent.measured()) : book(only.books());
        Duration length = only == null ? sent.measuredFor() : only.phase().length();
        return switch (unit) {
            case PERCENT -> book.offered() == 0 ? Double.NaN : 100 * metric.of(book) / book.offered();
            case PER_SECOND -> metric.of(book) * 1e9 / length.toNanos();
            case COUNT, MILLIS -> metric.of(book);
        };
    }

    private static @Nullable PhaseResult only(Sent sent, String phase) {
        return sent.phases().stream()
                .filter(result -> result.phase().name().replace(' ', '-').equals(phase))
                .findFirst()
                .orElse(null);
    }

    private Book book(Map<TrafficClass, Book> books) {
        return scope == null
                ? books.values().stream().reduce(Book.EMPTY, Book::plus)
                : Objects.requireNonNullElse(books.get(scope), Book.EMPTY);
    }

    private Quantiles latency(Sent sent) {
        return scope == null
                ? sent.overall()
                : Objects.requireNonNull(sent.latencies().get(scope));
    }

    private Quantiles latency(PhaseResult only) {
        return scope == null
                ? only.latency()
                : Objects.requireNonNullElse(only.latencies().get(scope), NONE);
    }

    private static @Nullable TrafficClass scope(@Nullable String label) {
        if (label == null || label.equals("all")) {
            return null;
        }
        for (TrafficClass trafficClass : TrafficClass.values()) {
            if (trafficClass.label().equals(label)) {
                return trafficClass;
            }
        }
        throw new IllegalArgumentException(
                "there are no \"" + label + "\"; there are all, posts, comments, likes, views" + " and reads");
    }

    private static Metric metric(String label) {
        for (Metric metric : Metric.values()) {
            if (metric.label().equals(label)) {
                return metric;
            }
        }
        throw new IllegalArgumentException("nobody measures " + label.toLowerCase(Locale.ROOT));
    }

    private static double millis(double limit, String unit) {
        return switch (unit) {
            case "us" -> limit / 1_000;
            case "ms" -> limit;
            case "s" -> limit * 1_000;
            default -> throw new IllegalArgumentException("a time is given in us, ms or s");
        };
    }

    private static Unit unitOfCount(String unit) {
        return switch (unit) {
            case "" -> Unit.COUNT;
            case "%" -> Unit.PERCENT;
            case "/s" -> Unit.PER_SECOND;
            default -> throw new IllegalArgumentException("a count is given alone, as a percentage or per second");
        };
    }
}
