package spillway.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficClassTest {

    @ParameterizedTest
    @CsvSource({
        "POST,   /v1/posts,               POST",
        "PATCH,  /v1/posts/7,             POST",
        "DELETE, /v1/posts/7,             POST",
        "POST,   /v1/posts/7/comments,    COMMENT",
        "PUT,    /v1/posts/7/like,        LIKE",
        "DELETE, /v1/posts/7/like,        LIKE",
        "POST,   /v1/likes,               LIKE",
        "POST,   /v1/posts/7/shares,      SHARE",
        "POST,   /v1/posts/7/views,       VIEW",
        "GET,    /v1/posts/7/like,        READ",
        "GET,    /v1/metrics,             READ",
        "HEAD,   /v1/posts/7,             READ",
        "POST,   /v1/posts/7/like/more,   OTHER",
        "POST,   /v1/posts/7/metrics,     OTHER",
        "POST,   /v1/likes/7,             OTHER",
        "POST,   /v1/views,               VIEW",
        "POST,   /v1/views/7,             OTHER",
        "POST,   /v1/,                    OTHER",
        "PUT,    /v1/posts/7/lik%65,      LIKE",
        "PUT,    /v%31/p%6Fsts/7/like,    LIKE",
        "PUT,    /v1/posts/7/like;a=b,    LIKE",
        "PUT,    /v1/posts/7/lik%2565,    OTHER",
        "PATCH,  /v1/posts/7%2Flike,      POST",
        "PUT,    /v1/posts/7/lik%6,       OTHER"
    })
    void methodAndPath_giveTheClass(String method, String path, TrafficClass expected) {
        assertThat(TrafficClass.of(method, path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/posts, true",
        "/v1, false",
        "/v1x, false",
        "/, false",
        "/dev/token, false",
        "/v%31/posts, true",
        "/v1%2Fposts, false"
    })
    void onlyTheApi_isBooked(String path, boolean covered) {
        assertThat(TrafficClass.covers(path)).isEqualTo(covered);
    }
}
