package spillway.chaos.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import spillway.chaos.reshard.Standing.Open;
import spillway.chaos.site.Door.Reply;
import tools.jackson.databind.json.JsonMapper;

class SettlingTest {

    @Test
    void onlyAProblemThatSaysSo_hadNoEffect() {
        assertThat(answer(503, "unavailable", "Shard 7 cannot be reached."))
                .isEqualTo(new Answer.Refused("503 Shard N cannot be reached.", false));
        assertThat(answer(503, "unavailable", "Too many requests are under way; nothing was done."))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.busy()).isTrue());
        assertThat(answer(429, "too-many-requests", "Requests of this kind are refused for now; nothing was done."))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.busy()).isTrue());
        assertThat(answer(503, "outcome-unknown", "?")).isInstanceOf(Answer.Unknown.class);
        assertThat(answer(500, "internal", "?")).isInstanceOf(Answer.Unknown.class);
        assertThat(answer(504, "deadline-exceeded", "?")).isInstanceOf(Answer.Unknown.class);
        assertThat(answer(409, "idempotency-in-flight", "?")).isInstanceOf(Answer.Unknown.class);
        assertThat(answer(412, "version-conflict", "?")).isInstanceOf(Answer.Refused.class);
        assertThat(Sending.answer(new Reply(502, JsonMapper.shared().missingNode())))
                .isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void success_carriesIdAndVersion() {
        assertThat(Sending.answer(new Reply(201, JsonMapper.shared().readTree("{\"id\":\"17\",\"version\":1}"))))
                .isEqualTo(new Answer.Done(17, 1));
    }

    @Test
    void postWithAnOpenChange_takesNoOther_andADeletedOneNoneEver() {
        Account post = new Account(0, 1, 2, 3, new Standing(1, 3, false, Open.NONE, 0));

        assertThat(post.begin(Open.EDIT, 4)).isTrue();
        assertThat(post.begin(Open.DELETE, 0)).isFalse();
        post.happened();
        assertThat(post.standing()).isEqualTo(new Standing(2, 4, false, Open.NONE, 0));

        assertThat(post.begin(Open.DELETE, 0)).isTrue();
        post.didNotHappen();
        assertThat(post.standing().deleted()).isFalse();
        assertThat(post.begin(Open.DELETE, 0)).isTrue();
        post.happened();
        assertThat(post.begin(Open.EDIT, 5)).isFalse();
    }

    private static Answer answer(int status, String type, String detail) {
        return Sending.answer(new Reply(
                status,
                JsonMapper.shared()
                        .readTree("{\"type\":\"urn:spillway:problem:%s\",\"detail\":\"%s\"}".formatted(type, detail))));
    }
}
