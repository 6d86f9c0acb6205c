package spillway.batcher.rebuild;

import io.lettuce.core.RedisException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import spillway.batcher.collapse.LogUnusable;
import spillway.batcher.rebuild.Rebuild.Outcome;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.RedisLink;
import spillway.platform.events.Topics;

/** The command line of a rebuild: the batcher's configuration, without its consumers. */
public final class RebuildCommand {

    /** The batcher's first argument that asks for it. */
    public static final String NAME = "rebuild-counters";

    private static final int DONE = 0;
    private static final int FAILED_OR_DRIFT = 1;
    private static final int USAGE = 2;
    private static final int NOT_REACHABLE = 3;

    private static final String KEEP_OLD = "--keep-old";
    private static final int MOST_SHOWN = 10;
    private static final long LONGEST_END_SECONDS = 60;

    /** What goes wrong is said in words of this command, and the batcher's health is not its concern. */
    private static final List<String> QUIETLY = List.of(
            "--logging.level.root=error",
            "--logging.level.spillway=error",
            "--management.endpoint.health.validate-group-membership=false");

    private static final String HELP = """
            Usage: rebuild-counters [--keep-old] [--PROPERTY=VALUE...]

            Counts likes, shares and comments anew from the logs, beside the counts in use and while
            everything runs; compares the two; then lets the new counts take over. Until they do,
            Ctrl-C leaves everything as it was. Nobody ever reads less than before.

              --keep-old   do not delete the keys of the counts that were replaced: the next rebuild
                           does
              --PROPERTY=VALUE
                           where Kafka and Redis are, as for a like-batcher, such as
                           --spring.kafka.bootstrap-servers=HOST:PORT

            Exit codes: 0 rebuilt, and the counts had been right; 1 rebuilt, and some had been wrong,
            or not rebuilt, with the reason; 2 usage; 3 Kafka or Redis not reachable.
            """;

    private RebuildCommand() {}

    /** What the command needs of Spring: no component of the batcher, so no consumer that joins its group. */
    @EnableAutoConfiguration
    static final class Wiring {}

    public static void main(String[] arguments) {
        AtomicBoolean stopping = new AtomicBoolean();
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopping, ended), "stop"));
        int code = FAILED_OR_DRIFT;
        try {
            code = run(stopping, new Console(System.out, Boolean.getBoolean("spillway.terminal")), arguments);
        } finally {
            ended.countDown();
        }
        System.exit(code);
    }

    private static void stop(AtomicBoolean stopping, CountDownLatch ended) {
        stopping.set(true);
        try {
            // A rebuild tidies up behind itself, and a handover is brought to its end.
            var unused = ended.await(LONGEST_END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static int run(AtomicBoolean stopping, Narrator narrator, String... arguments) {
        List<String> properties = new ArrayList<>(List.of(arguments));
        boolean keepOld = properties.remove(KEEP_OLD);
        if (properties.contains("--help") || properties.contains("-h")) {
            narrator.say(HELP.stripTrailing());
            return DONE;
        }
        for (String property : properties) {
            if (!property.matches("--[a-z][^=]*[.][^=]*=.*")) {
                narrator.say("Not an option: " + property + System.lineSeparator() + HELP.stripTrailing());
                return USAGE;
            }
        }
        SpringApplication application = new SpringApplication(Wiring.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        application.setLogStartupInfo(false);
        properties.addAll(0, QUIETLY);
        try (ConfigurableApplicationContext context = application.run(properties.toArray(String[]::new))) {
            return run(context, stopping, narrator, keepOld);
        }
    }

    private static int run(
            ConfigurableApplicationContext context, AtomicBoolean stopping, Narrator narrator, boolean keepOld) {
        KafkaAdmin kafka = context.getBean(KafkaAdmin.class);
        Rebuild rebuild = new Rebuild(
                context.getBean(CounterLayout.class),
                context.getBean(RedisLink.class),
                context.getBean(Topics.class),
                context.getBean(ConsumerFactory.class),
                kafka,
                narrator,
                stopping::get);
        String holder = "process " + ProcessHandle.current().pid() + ", since "
                + Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
        try {
            // Before anything is claimed or written: a consumer would wait for Kafka without a word.
            String unused = kafka.clusterId();
            return tell(rebuild.run(holder, keepOld), narrator);
        } catch (NotRebuilt | LogUnusable e) {
            narrator.say("Not rebuilt: " + e.getMessage());
            return FAILED_OR_DRIFT;
        } catch (KafkaException | org.apache.kafka.common.KafkaException e) {
            narrator.say("Kafka is not reachable: " + root(e).getMessage());
            return NOT_REACHABLE;
        } catch (DataAccessException | RedisException e) {
            narrator.say("Redis is not reachable: " + root(e).getMessage());
            return NOT_REACHABLE;
        } catch (CompletionException e) {
            if (root(e) instanceof RedisException away) {
                narrator.say("Redis is not reachable: " + away.getMessage());
                return NOT_REACHABLE;
            }
            throw e;
        }
    }

    private static int tell(Outcome outcome, Narrator narrator) {
        if (outcome.posts() == 0) {
            return DONE;
        }
        narrator.say("These counts had been wrong, and are right now:");
        for (Map.Entry<CounterFamily, Map<Long, Long>> family : outcome.drift().entrySet()) {
            family.getValue().entrySet().stream()
                    .limit(MOST_SHOWN)
                    .forEach(post -> narrator.say("  %s of post %d: %,d too %s"
                            .formatted(
                                    family.getKey().id(),
                                    post.getKey(),
                                    Math.abs(post.getValue()),
                                    post.getValue() > 0 ? "few" : "many")));
            int more = family.getValue().size() - MOST_SHOWN;
            if (more > 0) {
                narrator.say("  and of %,d more posts".formatted(more));
            }
        }
        return FAILED_OR_DRIFT;
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
