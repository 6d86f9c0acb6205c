package spillway.content.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

/** Pages of lists: each item once, whatever comes and goes meanwhile, and no cursor but the list's own. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@RealServers({Server.POSTGRES, Server.KAFKA})
@Import(TestTokens.class)
class ListsIT {

    @LocalServerPort
    private int port;

    private Api api;
    private final UserId user = Users.any();

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    @Test
    void pagesOfTheLatest_haveEachPostOnce_whileOthersComeAndGo() {
        List<String> posts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Users.onEveryShard().forEach(author -> posts.add(api.publish(author, "before")));
        }
        UserId author = Users.any();
        String gone = api.publish(author, "gone");
        List<String> seen = new ArrayList<>();
        Answer page = api.get(user, "/v1/posts?limit=5");
        while (seen.size() < posts.size()) {
            seen.addAll(page.ids());
            assertThat(page.json().get("incomplete")).isEmpty();
            api.publish(Users.any(), "came meanwhile");
            api.delete(author, "/v1/posts/" + gone);
            page = api.get(user, "/v1/posts?limit=5&cursor=" + page.text("next"));
        }

        assertThat(seen).doesNotHaveDuplicates();
        assertThat(seen.stream().filter(posts::contains)).isEqualTo(posts.reversed());
    }

    @Test
    void latestOfOneUserOnly_areAllThere_thoughOneShardHasThem() {
        List<String> posts = IntStream.range(0, 70)
                .mapToObj(n -> api.publish(user, "burst"))
                .toList()
                .reversed();

        Answer first = api.get(user, "/v1/posts?limit=50");
        Answer second = api.get(user, "/v1/posts?limit=20&cursor=" + first.text("next"));

        assertThat(first.ids()).isEqualTo(posts.subList(0, 50));
        assertThat(second.ids()).isEqualTo(posts.subList(50, 70));
    }

    @Test
    void pageThatIsJustFull_isTheLast() {
        api.publish(user, "one");
        api.publish(user, "two");

        Answer page = api.get(user, "/v1/users/" + user + "/posts?limit=2");

        assertThat(page.ids()).hasSize(2);
        assertThat(page.json().get("next").isNull()).isTrue();
    }

    @Test
    void pagesOfComments_haveEachCommentOnce_whileOthersCome() {
        String path = "/v1/posts/" + api.publish(user, "talk") + "/comments";
        List<String> newestFirst =
                IntStream.range(0, 5).mapToObj(n -> comment(path)).toList().reversed();

        Answer first = api.get(user, path + "?limit=3");
        comment(path);
        Answer second = api.get(user, path + "?limit=3&cursor=" + first.text("next"));

        assertThat(first.ids()).isEqualTo(newestFirst.subList(0, 3));
        assertThat(second.ids()).isEqualTo(newestFirst.subList(3, 5));
        assertThat(second.json().get("next").isNull()).isTrue();
    }

    @Test
    void cursorOfAnotherList_isRefused() {
        UserId neighbour = Users.onShard(Users.shardOf(user.slot()));
        String ownList = "/v1/users/" + user + "/posts";
        String post = api.publish(user, "one");
        String other = api.publish(user, "two");
        comment("/v1/posts/" + post + "/comments");
        comment("/v1/posts/" + post + "/comments");
        String ofUser = api.get(user, ownList + "?limit=1").text("next");
        String ofLatest = api.get(user, "/v1/posts?limit=1").text("next");
        String ofComments =
                api.get(user, "/v1/posts/" + post + "/comments?limit=1").text("next");

        refuses("/v1/users/" + neighbour + "/posts", ofUser);
        refuses("/v1/posts", ofUser);
        refuses(ownList, ofLatest);
        refuses("/v1/posts/" + post + "/comments", ofLatest);
        refuses("/v1/posts/" + other + "/comments", ofComments);
        refuses(ownList, ofComments);
    }

    @Test
    void alteredCursor_isRefused() {
        api.publish(user, "one");
        api.publish(user, "two");
        String list = "/v1/users/" + user + "/posts";
        String cursor = api.get(user, list + "?limit=1").text("next");

        for (int i = 0; i < cursor.length(); i++) {
            char altered = cursor.charAt(i) == 'A' ? 'B' : 'A';
            refuses(list, cursor.substring(0, i) + altered + cursor.substring(i + 1));
        }
        refuses(list, cursor + "A");
        refuses(list, cursor + "=");
        refuses(list, cursor.substring(1));
    }

    private String comment(String path) {
        Answer answer = api.post(user, path, "{\"content\":\"x\"}");
        assertThat(answer.status()).isEqualTo(201);
        return answer.text("id");
    }

    private void refuses(String list, String cursor) {
        Answer answer = api.get(user, list + "?cursor=" + cursor);
        assertThat(answer.status()).as(list + " " + cursor).isEqualTo(400);
        assertThat(answer.text("type")).isEqualTo("urn:spillway:problem:invalid-request");
    }
}
