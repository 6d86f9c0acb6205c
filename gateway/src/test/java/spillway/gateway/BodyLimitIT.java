package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyLimitIT extends GatewayFixture {

    private static final int KB = 1024;

    @ParameterizedTest
    @CsvSource({"/v1/posts, 64", "/v1/likes, 1024", "/v1/views, 1024"})
    void bodyOfTheLimit_passes_andOneByteMoreDoesNot(String path, int kilobytes) {
        String largest = "a".repeat(kilobytes * KB);

        assertThat(send("POST", path, largest, bearer(token())).statusCode()).isEqualTo(200);
        CONTENT.reset();
        METRICS.reset();
        assertProblem(send("POST", path, largest + "a", bearer(token())), 413, "too-large");
        assertThat(CONTENT.seen()).isEmpty();
        assertThat(METRICS.seen()).isEmpty();
    }

    @Test
    void chunksWithinTheLimit_pass() {
        assertThat(raw(chunked(4, 16 * KB))).startsWith("HTTP/1.1 200");
        assertThat(CONTENT.seen().getFirst().body()).hasSize(64 * KB);
    }

    @Test
    void chunksPastTheLimit_areRefused_andNoServiceSeesAWholeRequest() {
        assertThat(raw(chunked(5, 16 * KB))).startsWith("HTTP/1.1 413").contains("urn:spillway:problem:too-large");
        assertThat(CONTENT.seen()).isEmpty();
    }

    @Test
    void twoLengths_neverBecomeTwoRequests() {
        String answer = raw(
                "POST /v1/posts HTTP/1.1\r\nHost: here\r\nConnection: close\r\nAuthorization: Bearer " + token()
                        + "\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/posts/7 HTTP/1.1\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 ");
        assertThat(CONTENT.seen())
                .hasSizeLessThanOrEqualTo(1)
                .allSatisfy(seen -> assertThat(seen.method()).isEqualTo("POST"));
    }

    @Test
    void hugeHeaders_areRefused() {
        assertThat(raw("GET /v1/posts/7 HTTP/1.1\r\nHost: here\r\nConnection: close\r\nX-Long: " + "a".repeat(20 * KB)
                        + "\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
        assertThat(CONTENT.seen()).isEmpty();
    }

    private String chunked(int chunks, int size) {
        return "POST /v1/posts HTTP/1.1\r\nHost: here\r\nConnection: close\r\nAuthorization: Bearer " + token()
                + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                + (Integer.toHexString(size) + "\r\n" + "a".repeat(size) + "\r\n").repeat(chunks)
                + "0\r\n\r\n";
    }
}
