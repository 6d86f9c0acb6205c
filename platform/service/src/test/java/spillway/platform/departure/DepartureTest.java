package spillway.platform.departure;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class DepartureTest {

    @Test
    void whoStays_keepsItsConnections() throws ServletException, IOException {
        Departure departure = new Departure(Duration.ZERO);
        departure.start();

        assertThat(answer(departure).getHeader("Connection")).isNull();
    }

    @Test
    void fromTheFirstSignOfLeaving_answersAreTheLastOfTheirConnections() throws ServletException, IOException {
        Departure departure = new Departure(Duration.ofHours(1));
        departure.start();

        CompletableFuture<Void> stopped = new CompletableFuture<>();
        departure.stop(() -> stopped.complete(null));

        assertThat(answer(departure).getHeader("Connection")).isEqualTo("close");
        assertThat(stopped).isNotDone();
        assertThat(departure.isRunning()).isTrue();
    }

    @Test
    void withoutNotice_theRestIsStoppedAtOnce() throws Exception {
        Departure departure = new Departure(Duration.ZERO);
        departure.start();

        CompletableFuture<Void> stopped = new CompletableFuture<>();
        departure.stop(() -> stopped.complete(null));

        stopped.get(10, TimeUnit.SECONDS);
        assertThat(departure.isRunning()).isFalse();
    }

    private static MockHttpServletResponse answer(Departure departure) throws ServletException, IOException {
        MockHttpServletResponse response = new MockHttpServletResponse();
        new LastAnswers(departure).doFilter(new MockHttpServletRequest(), response, new MockFilterChain());
        return response;
    }
}
