package spillway.lab.shards;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import spillway.lab.shards.sample.ShardKey;
import spillway.lab.shards.strategy.Kind;

/** What the figures of a comparison say, in sentences; those that could be false are there only when they are true. */
final class Digest {

    /** The fullest shard works a quarter more than the mean: what is still called even. */
    private static final double EVEN = 1.25;

    private final Comparison comparison;

    Digest(Comparison comparison) {
        this.comparison = comparison;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        comparison.by(ShardKey.USER).ifPresent(user -> {
            busiestUser(user).ifPresent(lines::add);
            lines.add(modulo(user));
            lines.add(slots(user));
        });
        comparison.by(ShardKey.COUNTRY).flatMap(this::country).ifPresent(lines::add);
        comparison.by(ShardKey.POST).flatMap(this::tail).ifPresent(lines::add);
        comparison.by(ShardKey.TIME).flatMap(this::day).ifPresent(lines::add);
        return lines;
    }

    private Optional<String> busiestUser(Candidate user) {
        double least = user.leastPeak(comparison.to());
        return least <= EVEN
                ? Optional.empty()
                : Optional.of("user: the busiest alone has " + ShardTable.percent(user.hottest())
                        + " of the writes: on " + comparison.to() + " shards max/mean is " + ShardTable.ratio(least)
                        + " or more, whatever the strategy; where a hash puts it is luck.");
    }

    private String modulo(Candidate user) {
        Outcome modulo = user.under(Kind.MODULO);
        return String.format(
                Locale.ROOT,
                "modulo: from %d to %d shards moves %s of the users (needed: %s), one shard more %s (needed: %s).",
                comparison.from(),
                comparison.to(),
                ShardTable.percent(modulo.toTarget().keys()),
                ShardTable.percent(modulo.toTarget().ideal()),
                ShardTable.percent(modulo.oneMore().keys()),
                ShardTable.percent(modulo.oneMore().ideal()));
    }

    private static String slots(Candidate user) {
        return String.format(
                Locale.ROOT,
                "slot map: one shard more moves %s; ids carry slots, so a post is found by its id: %s of the queries"
                        + " on one shard, else %s.",
                ShardTable.percent(user.under(Kind.SLOT_MAP).oneMore().keys()),
                ShardTable.percent(user.under(Kind.SLOT_MAP).oneShard()),
                ShardTable.percent(user.under(Kind.MODULO).oneShard()));
    }

    private Optional<String> country(Candidate country) {
        double least = country.leastPeak(comparison.from());
        double hashed = country.under(Kind.SLOT_MAP).load().peak();
        return hashed <= EVEN
                ? Optional.empty()
                : Optional.of("country: hashed, the fullest shard has " + ShardTable.ratio(hashed)
                        + " times the mean; at best " + ShardTable.ratio(least) + ", for a country is not divided.");
    }

    private Optional<String> tail(Candidate post) {
        Outcome range = post.under(Kind.RANGE);
        return range.now().isPresent() && range.now().getAsDouble() > EVEN
                ? Optional.of("post by range: even over all time ("
                        + ShardTable.ratio(range.load().peak())
                        + "), but at any one time a shard has "
                        + ShardTable.ratio(range.now().getAsDouble())
                        + " times the mean: ids count up.")
                : Optional.empty();
    }

    private Optional<String> day(Candidate time) {
        Outcome hashed = time.under(Kind.SLOT_MAP);
        return hashed.now().isPresent() && hashed.now().getAsDouble() > EVEN
                ? Optional.of("time: hashing does not help, the present day is one key: now "
                        + ShardTable.ratio(hashed.now().getAsDouble()) + " times the mean.")
                : Optional.empty();
    }
}
