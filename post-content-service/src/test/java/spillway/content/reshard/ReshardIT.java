package spillway.content.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import spillway.content.testing.Api;
import spillway.content.testing.Api.Answer;
import spillway.content.testing.TestService;
import spillway.content.testing.TestService.Storage;
import spillway.content.testing.TestTokens;
import spillway.content.testing.Users;
import spillway.platform.id.UserId;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

/** Slots move from four shards to eight and back, on real databases, while they are written. */
@RealServers({Server.POSTGRES, Server.KAFKA})
class ReshardIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void everyAcceptedVersion_survivesAMoveItsRollbackAndAnother(Servers servers) {
        Storage storage = Storage.create(servers);
        try (TestService service = start(servers, storage);
                Writers writers = new Writers(service.api(), 40, 7)) {
            Operator operator = new Operator(service.api());
            writers.write(600);
            writers.keepWriting(4);

            String there = operator.start("{\"to\":8,\"throttle\":false}");
            operator.await(there, "CUT_OVER");
            writers.check();
            assertThat(operator.owners()).hasSize(8);
            writers.forAMoment();
            operator.does(there, "rollback", 202);
            operator.await(there, "ROLLED_BACK");
            writers.check();
            assertThat(operator.owners()).hasSize(4);
            requireNothingElsewhere(storage, operator.owners());

            String again = operator.start("{\"to\":8}");
            operator.await(again, "CUT_OVER");
            writers.forAMoment();
            operator.does(again, "finish", 202);
            operator.await(again, "DONE");
            writers.stop();

            writers.check();
            requireNothingElsewhere(storage, operator.owners());
            assertThat(writers.failures()).isEmpty();
        }
    }

    @Test
    void byteFlippedOnTheWay_refusesTheCutover(Servers servers) {
        Storage storage = Storage.create(servers);
        try (TestService service = start(servers, storage);
                Writers writers = new Writers(service.api(), 40, 11)) {
            Operator operator = new Operator(service.api());
            writers.write(200);
            String victim = service.api().publish(Users.withSlotOf(1536), "sound");
            flipOnTheWay(storage, victim);

            String id = operator.start("{\"to\":8,\"throttle\":false}");
            operator.await(id, "HALTED");
            String why = String.join("; ", operator.errors(id));
            assertThat(why).isEqualTo("shards 1 and 5 differ in post " + victim);
            assertThat(jdbc(storage, 5).queryForObject("SELECT slots::text FROM ownership", String.class))
                    .isEqualTo("{}");

            jdbc(storage, 5).execute("DROP TRIGGER flip ON post");
            jdbc(storage, 5).update("UPDATE post SET content = 'sound' WHERE id = ?", Long.parseLong(victim));
            operator.does(id, "resume", 202);
            operator.await(id, "CUT_OVER");
            writers.check();
        }
    }

    @Test
    void rowThatTheTargetRefuses_haltsTheMoveAndAbortTakesItBack(Servers servers) {
        Storage storage = Storage.create(servers);
        try (TestService service = start(servers, storage)) {
            Operator operator = new Operator(service.api());
            String victim = service.api().publish(Users.withSlotOf(1536), "unwanted");
            jdbc(storage, 5).execute("ALTER TABLE post ADD CHECK (content <> 'unwanted')");

            String id = operator.start("{\"to\":8,\"throttle\":false}");
            operator.await(id, "HALTED");
            assertThat(operator.errors(id)).containsExactly("shard 5 refuses post " + victim);
            operator.does(id, "rollback", 202);
            operator.await(id, "ROLLED_BACK");

            assertThat(operator.owners()).hasSize(4);
            requireNothingElsewhere(storage, operator.owners());
        }
    }

    private static void flipOnTheWay(Storage storage, String post) {
        jdbc(storage, 5).execute("""
                CREATE FUNCTION flip() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF NEW.id = %s THEN NEW.content = 'sount'; END IF;
                    RETURN NEW;
                END $$;
                CREATE TRIGGER flip BEFORE INSERT ON post FOR EACH ROW EXECUTE FUNCTION flip()""".formatted(post));
    }

    /** No shard has a row of a slot that it does not own. */
    private static void requireNothingElsewhere(Storage storage, List<String> owners) {
        for (int shard = 0; shard < storage.shards().size(); shard++) {
            JdbcTemplate jdbc = jdbc(storage, shard);
            for (Relation relation : Relation.values()) {
                assertThat(jdbc.queryForObject(
                                "SELECT count(*) FROM " + relation.table()
                                        + " WHERE NOT (SELECT slots FROM ownership) @> " + relation.slot(),
                                Long.class))
                        .as("%s on shard %s of %s", relation, shard, owners)
                        .isZero();
            }
        }
    }

    static JdbcTemplate jdbc(Storage storage, int shard) {
        return new JdbcTemplate(new DriverManagerDataSource(
                storage.shards().get(shard),
                storage.catalog().username(),
                storage.catalog().password()));
    }

    static TestService start(Servers servers, Storage storage, String... more) {
        List<String> properties = new ArrayList<>(List.of(more));
        properties.add("spillway.content.first-shards=4");
        properties.add("spillway.content.reshard.group=128");
        return TestService.start(servers, storage, properties.toArray(String[]::new));
    }

    /** Someone with the scope for it. */
    record Operator(Api api) {

        String start(String wanted) {
            Answer answer = ask("POST", "/admin/reshards", wanted);
            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
            return answer.text("id");
        }

        Answer ask(String method, String path, String body) {
            return api.send(
                    method,
                    null,
                    path,
                    body.isEmpty() ? null : body,
                    "Authorization",
                    "Bearer " + TestTokens.of(new UserId(1), "admin"));
        }

        void does(String reshard, String action, int status) {
            Answer answer = ask("POST", "/admin/reshards/" + reshard + "/" + action, "");
            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        }

        Answer status(String reshard) {
            return ask("GET", "/admin/reshards/" + reshard, "");
        }

        void await(String reshard, String state) {
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(status(reshard).text("state"))
                            .as("%s", status(reshard).body())
                            .isEqualTo(state));
        }

        List<String> errors(String reshard) {
            return status(reshard)
                    .json()
                    .path("moves")
                    .valueStream()
                    .map(move -> move.path("error").asString())
                    .filter(error -> !error.isEmpty())
                    .toList();
        }

        List<String> owners() {
            return ask("GET", "/admin/shards", "")
                    .json()
                    .path("shards")
                    .valueStream()
                    .filter(shard -> shard.path("count").asInt() > 0)
                    .map(shard -> shard.path("shard").asString() + ": "
                            + shard.path("slots").asString())
                    .toList();
        }
    }
}
