package spillway.content.insert;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import spillway.content.testing.Api;
import spillway.content.testing.Api.Answer;
import spillway.content.testing.TestTokens;
import spillway.content.testing.Users;
import spillway.platform.id.UserId;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        // However busy the machine: what is tested is who gets which answer, not how soon.
        properties = {"spillway.content.insert.max-wait=30s", "spillway.content.connection-wait=30s"})
@RealServers({Server.POSTGRES, Server.KAFKA})
@Import(TestTokens.class)
class InsertPathIT {

    private static final String BODY = "{\"content\":\"once\"}";

    @LocalServerPort
    private int port;

    @Autowired
    private MeterRegistry meters;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    @AfterEach
    void asAStartLeavesIt() {
        api.useInsertPath("batched");
    }

    @Test
    void postsAtTheSameTime_shareTransactions_andEachCallerGetsItsOwn() throws Exception {
        List<UserId> users = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            users.add(Users.onShard(2));
        }
        long transactions = rows().count();
        double posts = rows().totalAmount();

        List<Answer> answers = atOnce(users, user -> api.post(user, "/v1/posts", "{\"content\":\"of " + user + "\"}"));

        Set<String> ids = new HashSet<>();
        for (int i = 0; i < users.size(); i++) {
            Answer answer = answers.get(i);
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.text("userId")).isEqualTo(users.get(i).toString());
            assertThat(answer.text("content")).isEqualTo("of " + users.get(i));
            assertThat(api.get(users.get(i), "/v1/posts/" + answer.text("id")).json())
                    .isEqualTo(answer.json());
            ids.add(answer.text("id"));
        }
        assertThat(ids).hasSize(100);
        assertThat(rows().totalAmount() - posts).isEqualTo(100);
        assertThat(rows().count() - transactions).isLessThan(100);
    }

    @Test
    void onThePathSingle_nothingIsBatched() {
        api.useInsertPath("single");
        long transactions = rows().count();

        api.publish(Users.any(), "alone");

        assertThat(rows().count()).isEqualTo(transactions);
    }

    @RepeatedTest(3)
    void sendsOfOneKey_makeOnePost_whileThePathChanges() throws Exception {
        UserId sender = Users.any();
        List<Integer> sends = new ArrayList<>();
        for (int i = 0; i < 48; i++) {
            sends.add(i);
        }

        List<Answer> answers = atOnce(sends, send -> {
            if (send % 8 == 0) {
                api.useInsertPath(send % 16 == 0 ? "single" : "batched");
            }
            return api.post(sender, "/v1/posts", BODY, "Idempotency-Key", "k");
        });

        Set<String> ids = new HashSet<>();
        for (Answer answer : answers) {
            // 503 only on a machine so busy that the pool gives no connection in time.
            assertThat(answer.status()).isIn(201, 409, 503);
            if (answer.status() == 201) {
                ids.add(answer.text("id"));
            }
        }
        assertThat(ids).hasSize(1);
        assertThat(api.get(sender, "/v1/users/" + sender + "/posts").ids()).containsExactlyElementsOf(ids);
    }

    @Test
    void onlyOperators_maySwitch_andOnlyToAPathThereIs() {
        assertThat(send("PUT", "{\"path\":\"single\"}").status()).isEqualTo(403);
        assertThat(send("GET", null).status()).isEqualTo(403);
        assertThat(send("PUT", "{\"path\":\"scenic\"}", "admin").status()).isEqualTo(400);
        assertThat(send("PUT", "{}", "admin").status()).isEqualTo(400);
        api.useInsertPath("single");
        assertThat(send("GET", null, "admin").text("path")).isEqualTo("single");
    }

    private Answer send(String method, @Nullable String body, String... scopes) {
        String token = TestTokens.of(new UserId(1), scopes);
        return api.send(method, null, "/admin/insert-path", body, "Authorization", "Bearer " + token);
    }

    private DistributionSummary rows() {
        return meters.get("spillway.content.insert.rows").tag("of", "posts").summary();
    }

    private interface Sending<T> {
        Answer of(T what);
    }

    private static <T> List<Answer> atOnce(List<T> all, Sending<T> sending)
            throws InterruptedException, ExecutionException {
        List<Answer> answers = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> sends = all.stream()
                    .map(what -> executor.submit(() -> sending.of(what)))
                    .toList();
            for (Future<Answer> send : sends) {
                answers.add(send.get());
            }
        }
        return answers;
    }
}
