package spillway.content.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import spillway.content.reshard.ReshardIT.Operator;
import spillway.content.testing.Api.Answer;
import spillway.content.testing.TestService;
import spillway.content.testing.TestService.Storage;
import spillway.content.testing.TestTokens;
import spillway.content.testing.Users;
import spillway.platform.id.UserId;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

/** What no reshard begins with, and what does not fit one under way: four shards have slots, four have none. */
@RealServers({Server.POSTGRES, Server.KAFKA})
@TestInstance(Lifecycle.PER_CLASS)
class ReshardRefusalsIT {

    private Storage storage;
    private TestService service;
    private Operator operator;

    @BeforeAll
    void start(Servers servers) {
        storage = Storage.create(servers);
        // Without a worker a reshard stays as it was begun.
        service = ReshardIT.start(servers, storage, "spillway.content.reshard.worker=false");
        operator = new Operator(service.api());
    }

    @AfterAll
    void stop() {
        service.close();
    }

    /** As if nothing had been begun. */
    @AfterEach
    void forget() {
        JdbcTemplate catalog = new JdbcTemplate(new DriverManagerDataSource(
                storage.catalog().url(),
                storage.catalog().username(),
                storage.catalog().password()));
        catalog.execute("DELETE FROM move; DELETE FROM reshard");
    }

    @Test
    void fewerShards() {
        refused("{\"to\":3}", 409, "There are 4 shards; to fewer nothing is moved.");
    }

    @Test
    void theSameNumber() {
        refused("{\"to\":4}", 409, "There are 4 shards already.");
    }

    @Test
    void moreThanAreConfigured() {
        refused("{\"to\":9}", 409, "shard 8 is not configured: spillway.content.shard-urls names 8 shards.");
    }

    @Test
    void targetWithRows() {
        jdbc(6).update("INSERT INTO post VALUES (1, 1, '', '{}', 1, true)");
        refused("{\"to\":8}", 409, "shard 6 is not empty: table post has rows.");
        jdbc(6).update("DELETE FROM post");
    }

    @Test
    void targetWithAnotherSchema() {
        String last = " WHERE installed_rank = (SELECT max(installed_rank) FROM flyway_schema_history)";
        jdbc(5).update("UPDATE flyway_schema_history SET version = '0.' || version" + last);
        assertThat(operator.ask("POST", "/admin/reshards", "{\"to\":8}").text("detail"))
                .startsWith("the schema of shard 5 is version 0.");
        assertNothingBegan();
        jdbc(5).update("UPDATE flyway_schema_history SET version = substr(version, 3)" + last);
    }

    @Test
    void whileAnotherIsUnderWay() {
        operator.start("{\"to\":8}");

        Answer second = operator.ask("POST", "/admin/reshards", "{\"to\":8}");

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.text("detail")).isEqualTo("A reshard is under way already.");
    }

    @Test
    void slotsWithoutAnOwner() {
        jdbc(2).update("DELETE FROM slot_state WHERE slot = 2048");
        refused("{\"to\":8}", 409, "slots 2048 have no owner that can be reached.");
        jdbc(2).update("INSERT INTO slot_state (slot, state, epoch) VALUES (2048, 'OWNER', 1)");
    }

    @Test
    void requestsThatMakeNoSense() {
        refused("{}", 400, "Say either to, with a plan if wanted, or split and onto.");
        refused("{\"to\":8,\"split\":1,\"onto\":4}", 400, "Say either to, with a plan if wanted, or split and onto.");
        refused("{\"to\":8,\"plan\":\"odd\"}", 400, "plan is even or hot.");
        refused("{\"split\":7,\"onto\":4}", 409, "Shard 7 has no slots.");
        refused("{\"split\":1,\"onto\":2}", 409, "Shard 2 is not empty: it has slots.");
        assertThat(operator.ask("POST", "/admin/reshards", "{\"to\":0}").status())
                .isEqualTo(400);
        assertThat(operator.ask("POST", "/admin/reshards", "{\"to\":\"many\"}").status())
                .isEqualTo(400);
    }

    @Test
    void stepsThatDoNotFit() {
        String id = operator.start("{\"to\":8}");

        operator.does(id, "finish", 409);
        operator.does(id, "explode", 404);
        operator.does("77", "pause", 404);
        operator.does(id, "pause", 202);
        assertThat(operator.status(id).text("state")).isEqualTo("PAUSED");
        operator.does(id, "resume", 202);
        operator.does(id, "abort", 202);
        operator.does(id, "pause", 409);
    }

    @Test
    void whoIsNoOperator() {
        UserId user = Users.any();
        for (String token : List.of(TestTokens.of(user), TestTokens.of(user, "ingest"))) {
            Answer answer = service.api()
                    .send("POST", null, "/admin/reshards", "{\"to\":8}", "Authorization", "Bearer " + token);
            assertThat(answer.status()).isEqualTo(403);
        }
        assertThat(service.api().send("GET", null, "/admin/shards", null).status())
                .isEqualTo(401);
        assertNothingBegan();
    }

    @Test
    void splitOfAShard_takesTheHeaviestSlots() {
        List<UserId> users = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            users.add(Users.onShard(0));
        }
        for (UserId user : users) {
            service.api().publish(user, "one of four");
        }

        String id = operator.start("{\"split\":0,\"onto\":4}");

        assertThat(operator.status(id)
                        .json()
                        .path("moves")
                        .path(0)
                        .path("slotCount")
                        .asInt())
                .isEqualTo(2);
        assertThat(operator.status(id)
                        .json()
                        .path("moves")
                        .path(0)
                        .path("rows")
                        .path("estimated")
                        .asInt())
                .isEqualTo(2);
    }

    private void refused(String wanted, int status, String why) {
        Answer answer = operator.ask("POST", "/admin/reshards", wanted);
        assertThat(answer.text("detail")).isEqualTo(why);
        assertThat(answer.status()).isEqualTo(status);
        assertNothingBegan();
    }

    private void assertNothingBegan() {
        assertThat(operator.ask("GET", "/admin/reshards", "").json().path("items"))
                .isEmpty();
        assertThat(jdbc(4).queryForObject("SELECT count(*) FROM slot_state", Long.class))
                .isZero();
    }

    private JdbcTemplate jdbc(int shard) {
        return ReshardIT.jdbc(storage, shard);
    }
}
