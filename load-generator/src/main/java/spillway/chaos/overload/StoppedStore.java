package spillway.chaos.overload;

import java.util.ArrayList;
import java.util.List;
import spillway.chaos.site.Unreachable;
import spillway.load.plan.Operation;
import spillway.load.plan.TrafficClass;
import spillway.load.run.Quantiles;

/** One store stands still: who does not need it must not notice, and nobody waits for ever. */
final class StoppedStore {

    private static final double CALM = 0.7;
    private static final double KEPT = 0.95;
    /** The gateway's longest wait for a service, and a second. */
    private static final double LONGEST_MILLIS = 9_000;

    private static final Spared READS_OF_POSTS = new Spared("reads of posts", Operation.ReadPost.class::isInstance);

    private StoppedStore() {}

    static Ending shard(Ground ground) throws Unreachable {
        ShardMap shards = ShardMap.read(ground.site());
        Spared posts = new Spared(
                "posts of other shards",
                operation -> operation.trafficClass() == TrafficClass.POSTS && !shards.isOnSecond(operation.user()));
        return run(
                ground,
                Trial.SLOW_SHARD,
                ShardMap.SECOND_SERVER,
                List.of(Spared.all(TrafficClass.LIKES), Spared.all(TrafficClass.VIEWS), posts));
    }

    static Ending redis(Ground ground) throws Unreachable {
        return run(
                ground,
                Trial.SLOW_REDIS,
                "redis",
                List.of(Spared.all(TrafficClass.POSTS), Spared.all(TrafficClass.COMMENTS), READS_OF_POSTS));
    }

    static Ending kafka(Ground ground) throws Unreachable {
        return run(
                ground,
                Trial.KAFKA_STALL,
                "kafka",
                List.of(
                        Spared.all(TrafficClass.POSTS),
                        Spared.all(TrafficClass.COMMENTS),
                        Spared.all(TrafficClass.READS)));
    }

    private static Ending run(Ground ground, Trial trial, String part, List<Spared> spared) throws Unreachable {
        Timetable time = Timetable.around(ground.settings().length(trial));
        Order order =
                Order.of(ground, trial, time, CALM, CALM).disturbedBy(new StandStill(ground.processes(), part), spared);
        Course course = new Drive(ground, order).run();
        List<Check> checks = new ArrayList<>(Judgement.spared(course, KEPT));
        Quantiles likes = course.phase(Timetable.DURING).latencies().get(TrafficClass.LIKES);
        double longest = likes == null ? 0 : likes.max();
        checks.add(Check.that(
                "no like waits past %.0f s".formatted(LONGEST_MILLIS / 1e3),
                longest <= LONGEST_MILLIS,
                "%,.0f ms at most".formatted(longest)));
        checks.addAll(Judgement.always(course));
        List<String> figures = new ArrayList<>(Judgement.figures(course));
        Check forecast = Surge.forecast(Forecasts.of(course.pressed(), time.to()));
        figures.add("forecast    " + forecast.seen());
        return new Ending(course, checks, figures);
    }
}
