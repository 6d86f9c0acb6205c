package spillway.load.shed;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import spillway.load.plan.TrafficClass;
import spillway.load.shed.ShedBooks.Balance;
import spillway.load.shed.ShedBooks.Line;

class LedgerWatchTest {

    private static final String BEFORE = """
            {"total":[{"traffic":"like","reason":"level","count":10,"weight":10}],
             "answered":[{"traffic":"like","count":12}],"minutes":[]}""";

    private static final String AFTER = """
            {"total":[{"traffic":"like","reason":"level","count":15,"weight":15},
                      {"traffic":"view","reason":"sampled","count":7,"weight":9}],
             "answered":[{"traffic":"like","count":20},{"traffic":"view","count":7}],"minutes":[]}""";

    private final HttpServer server;
    private final Told told = new Told();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile String says = BEFORE;

    LedgerWatchTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/actuator/shed", exchange -> {
            byte[] body = says.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(refusals.getAndDecrement() > 0 ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void onlyTheRunsOwn_areInItsBooks_alsoWhatAServiceRefused() {
        tell(TrafficClass.LIKES, 8);
        tell(TrafficClass.VIEWS, 7);

        assertThat(books(List.of(ledger())))
                .isEqualTo(new ShedBooks(
                        List.of(
                                new Line(TrafficClass.LIKES, "level", 5, 5),
                                new Line(TrafficClass.LIKES, ShedBooks.BY_A_SERVICE, 3, 3),
                                new Line(TrafficClass.VIEWS, "sampled", 7, 9)),
                        List.of(new Balance(TrafficClass.LIKES, 8, 8, 0), new Balance(TrafficClass.VIEWS, 7, 7, 0))));
        assertThat(books(List.of(ledger())).agrees()).isTrue();
    }

    @Test
    void whatTheGatewayToldBesideTheseClients_isSaid_withWhatMayBeTheReason() {
        tell(TrafficClass.LIKES, 6);
        tell(TrafficClass.VIEWS, 7);

        ShedBooks books = books(List.of(ledger()));

        assertThat(books.agrees()).isFalse();
        assertThat(books.balances().getFirst().describe())
                .isEqualTo("likes: the gateway told 8, clients heard 6; others sent, too?");
    }

    @Test
    void anAnswerThatWasLost_mayHaveBeenOneOfThem() {
        tell(TrafficClass.LIKES, 6);
        tell(TrafficClass.VIEWS, 7);
        told.unheard(TrafficClass.LIKES);
        told.unheard(TrafficClass.LIKES);

        ShedBooks books = books(List.of(ledger()));

        assertThat(books.agrees()).isTrue();
        assertThat(books.balances().getFirst().describe())
                .isEqualTo("likes: the gateway told 8, clients heard 6, 2 nothing");
    }

    @Test
    void whatClientsWereToldAndTheGatewayDoesNotKnow_isSaid() {
        tell(TrafficClass.LIKES, 9);
        tell(TrafficClass.VIEWS, 7);
        told.unheard(TrafficClass.LIKES);

        ShedBooks books = books(List.of(ledger()));

        assertThat(books.agrees()).isFalse();
        assertThat(books.balances().getFirst().describe())
                .isEqualTo("likes: the gateway told 8, clients heard 9; another gateway?");
    }

    @Test
    void ofSeveralGateways_theLedgersAreAddedUp() {
        assertThat(books(List.of(ledger(), ledger())).lines()).contains(new Line(TrafficClass.LIKES, "level", 10, 10));
    }

    @Test
    void gatewayThatBeganAnew_hasNoBooksOfTheRun() {
        LedgerWatch watch = new LedgerWatch(List.of(ledger()));
        says = AFTER;
        watch.begin();
        says = BEFORE;

        assertThat(watch.end(told)).isEqualTo(new NoLedger("the gateway began anew during the run"));
    }

    @Test
    void ledgerThatDoesNotAnswer_isNoFailure() {
        server.stop(0);

        assertThat(shedding(List.of(ledger()))).isEqualTo(new NoLedger("ledger not reachable at " + ledger()));
    }

    @Test
    void ledgerThatIsAwayForAMoment_isAskedAgain() {
        refusals.set(2);

        assertThat(shedding(List.of(ledger()))).isInstanceOf(ShedBooks.class);
    }

    @Test
    void somethingElseThatAnswers_isNoLedger() {
        says = "<html>";
        LedgerWatch watch = new LedgerWatch(List.of(ledger()));
        watch.begin();

        assertThat(watch.end(told)).isInstanceOf(NoLedger.class);

        says = "{}";
        watch.begin();
        assertThat(watch.end(told)).isInstanceOf(NoLedger.class);
    }

    @Test
    void nobodyLooks_whereNoLedgerIsNamed() {
        assertThat(shedding(List.of())).isEqualTo(new NoLedger("no ledger was named"));
    }

    private ShedBooks books(List<URI> ledgers) {
        return (ShedBooks) shedding(ledgers);
    }

    private Shedding shedding(List<URI> ledgers) {
        says = BEFORE;
        LedgerWatch watch = new LedgerWatch(ledgers);
        watch.begin();
        says = AFTER;
        return watch.end(told);
    }

    private void tell(TrafficClass trafficClass, int times) {
        IntStream.range(0, times).forEach(time -> told.shed(trafficClass));
    }

    private URI ledger() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/actuator/shed");
    }
}
