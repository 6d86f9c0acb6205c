package spillway.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrontTest {

    @ParameterizedTest
    @CsvSource({
        "/v1/posts, /v1/posts",
        "/v1/posts?expand=/v2/, /v1/posts",
        "http://elsewhere/v1/posts?a=b, /v1/posts",
        "http://elsewhere, ''",
        "*, ''",
        "elsewhere:443, ''",
        "//v1/posts, //v1/posts"
    })
    void path_isThatOfTheBooks_howeverTheTargetIsWritten(String target, String path) {
        assertThat(Front.path(target)).isEqualTo(path);
    }
}
