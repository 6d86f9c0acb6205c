package spillway.load.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import spillway.load.fake.FakeApi;
import spillway.load.fake.Misbehaviour.DoesNotKnow;
import spillway.load.fake.Misbehaviour.Doubles;
import spillway.load.fake.Misbehaviour.Forgets;
import spillway.load.fake.Misbehaviour.Late;
import spillway.load.fake.Misbehaviour.Refuses;
import spillway.load.fake.Misbehaviour.Resets;
import spillway.load.oracle.Book;
import spillway.load.oracle.Difference;
import spillway.load.oracle.Outcome;
import spillway.load.plan.Mix;
import spillway.load.plan.Operation;
import spillway.load.plan.Plan;
import spillway.load.plan.Popularity;
import spillway.load.plan.Scenario;
import spillway.load.plan.Shape;
import spillway.load.plan.TrafficClass;
import spillway.load.trace.TracePlan;

/** Whole runs, side by side, over real HTTP against a server that misbehaves. */
@Execution(ExecutionMode.CONCURRENT)
class LoadRunTest {

    private static final Scenario SMALL = small(5, 100, Duration.ofSeconds(1));
    private static final String LIKES = "PUT .*/like";

    private final FakeApi api;

    LoadRunTest() throws IOException {
        api = new FakeApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aServerThatKeepsItsWord_passes() throws TargetUnreachable {
        RunResult result = run(SMALL);

        assertThat(result.verdict().differences()).isEmpty();
        assertThat(result.verdict().open()).isZero();
        assertThat(result.staleness().accepted().count()).isPositive();
        assertThat(result.heldBack()).isZero();
    }

    @Test
    void aServerThatStallsForASecond_showsASecondAndSlowsNobodyDown() throws TargetUnreachable {
        api.misbehave("POST .*/views", 1, new Late(Duration.ofSeconds(1)));

        RunResult result = run(SMALL);

        Quantiles views = Objects.requireNonNull(result.latencies().get(TrafficClass.VIEWS));
        assertThat(views.p50()).isGreaterThan(990);
        // One after the other they would take this many seconds.
        assertThat(views.count()).isGreaterThan(40);
        assertThat(result.traffic()).isLessThan(Duration.ofSeconds(30));
        assertThat(result.heldBack()).isZero();
        assertThat(result.verdict().passed()).isTrue();
    }

    @Test
    void aBoundOnRequestsUnderWay_holdsBackAndSaysSo() throws TargetUnreachable {
        api.misbehave(".* /v1/posts/.*/(views|like)", 1, new Late(Duration.ofSeconds(1)));

        RunResult result = run(SMALL, 4, Duration.ofSeconds(15));

        assertThat(result.heldBack()).isPositive();
        assertThat(result.verdict().differences()).isEmpty();
    }

    @Test
    void aCrowdThatFillsItsConnections_holdsBackNobodyWhoPublishes() throws TargetUnreachable {
        api.misbehave(".* /v1/posts/.*/(views|like)", 1, new Late(Duration.ofSeconds(1)));
        Set<TrafficClass> sent = ConcurrentHashMap.newKeySet();
        Set<TrafficClass> heldBack = ConcurrentHashMap.newKeySet();
        RunOptions options = options(32, Duration.ofSeconds(15), Duration.ofSeconds(60));

        try (Session session = new Session(SMALL, options, new Classes(sent, heldBack))) {
            session.begin();
            session.send(SMALL.parts(), null);
        }

        assertThat(sent).contains(TrafficClass.POSTS, TrafficClass.COMMENTS);
        assertThat(heldBack)
                .contains(TrafficClass.LIKES, TrafficClass.VIEWS)
                .doesNotContain(TrafficClass.POSTS, TrafficClass.COMMENTS);
    }

    private record Classes(Set<TrafficClass> sent, Set<TrafficClass> heldBack) implements Witness {

        @Override
        public void sent(Operation operation) {
            sent.add(operation.trafficClass());
        }

        @Override
        public void heldBack(Operation operation) {
            heldBack.add(operation.trafficClass());
        }

        @Override
        public void ended(Operation operation, Outcome outcome, long sinceDue) {}

        @Override
        public void created(int post, String id) {}
    }

    @Test
    void naiveClients_sendAgainAtOnceSoOftenAndNoMore() throws TargetUnreachable {
        api.misbehave(LIKES, 1, new Refuses(429, "shed"));
        RunOptions patient = options(2048, Duration.ofSeconds(15), Duration.ofSeconds(60));
        RunOptions naive = new RunOptions(
                patient.target(),
                patient.seed(),
                patient.runId(),
                patient.maxInFlight(),
                patient.timeout(),
                patient.drainPatience(),
                patient.settle(),
                patient.giveUp(),
                null,
                List.of(),
                3);

        RunResult result = new LoadRun(SMALL, naive).execute();

        long sentAgain = likes(result).offered() / 4 * 3;
        // One whose pair is taken by then is skipped instead.
        assertThat(result.sent().retries()).isBetween(sentAgain, sentAgain + result.skipped() + 3);
        assertThat(likes(result).shed()).isEqualTo(likes(result).offered());
        assertThat(result.verdict().differences()).isEmpty();
    }

    @Test
    void forgottenLikes_fail() throws TargetUnreachable {
        api.misbehave(LIKES, 7, new Forgets());

        assertThat(differences(SMALL))
                .hasAtLeastOneElementOfType(Difference.LikeCount.class)
                .hasAtLeastOneElementOfType(Difference.WrongVote.class);
    }

    @Test
    void doubledLikes_fail() throws TargetUnreachable {
        api.misbehave(LIKES, 7, new Doubles(false));

        assertThat(differences(SMALL)).hasAtLeastOneElementOfType(Difference.LikeCount.class);
    }

    @Test
    void likesDoubledOnlyLater_fail() throws TargetUnreachable {
        api.misbehave(LIKES, 1, new Doubles(true));

        assertThat(differences(SMALL)).hasAtLeastOneElementOfType(Difference.LikeCount.class);
    }

    @Test
    void postsThatCannotBeReadInTime_fail() throws TargetUnreachable {
        api.misbehave("GET /v1/posts/\\d+", 1, new Late(Duration.ofSeconds(4)));
        Scenario manyPosts = small(70, 10, Duration.ofSeconds(1));

        assertThat(differences(manyPosts))
                .hasAtLeastOneElementOfType(Difference.VoteUnread.class)
                .anyMatch(difference -> difference.describe().endsWith("not in time"));
    }

    @Test
    void forgottenUnlikes_fail() throws TargetUnreachable {
        api.misbehave("DELETE .*", 1, new Forgets());
        Scenario longEnoughToRegret = small(5, 50, Duration.ofSeconds(5));

        assertThat(differences(longEnoughToRegret)).hasAtLeastOneElementOfType(Difference.WrongVote.class);
    }

    @Test
    void forgottenComments_fail() throws TargetUnreachable {
        api.misbehave("POST .*/comments", 3, new Forgets());

        assertThat(differences(SMALL)).hasAtLeastOneElementOfType(Difference.CommentCount.class);
    }

    @Test
    void unknownOutcomes_widenTheCountsAndPass() throws TargetUnreachable {
        api.misbehave(LIKES, 5, new DoesNotKnow(true)).misbehave(LIKES, 3, new DoesNotKnow(false));

        RunResult result = run(SMALL);

        assertThat(likes(result).unknown()).isPositive();
        assertThat(result.verdict().differences()).isEmpty();
        assertThat(result.verdict().line()).contains("PASS").contains("unknown");
    }

    @Test
    void brokenConnections_areUnknown() throws TargetUnreachable {
        api.misbehave(LIKES, 5, new Resets(true)).misbehave(LIKES, 3, new Resets(false));

        RunResult result = run(SMALL);

        assertThat(likes(result).unknown()).isPositive();
        assertThat(likes(result).failed()).isZero();
        assertThat(result.verdict().differences()).isEmpty();
    }

    @Test
    void answersThatNeverCome_areUnknown() throws TargetUnreachable {
        api.misbehave(LIKES, 20, new Late(Duration.ofSeconds(20)));

        RunResult result = run(SMALL, 2048, Duration.ofSeconds(8));

        assertThat(likes(result).unknown()).isPositive();
        assertThat(result.verdict().differences()).isEmpty();
    }

    @Test
    void peopleWhoGiveUpEarly_areNoReasonToReadBackInHaste() throws TargetUnreachable {
        Duration slow = Duration.ofMillis(1_500);
        api.misbehave(LIKES, 20, new Late(slow)).misbehave("GET .*/like|GET /v1/posts/\\d+", 1, new Late(slow));

        RunResult result = run(SMALL, 2048, Duration.ofSeconds(1));

        assertThat(likes(result).unknown()).isPositive();
        assertThat(result.verdict().differences()).isEmpty();
    }

    @Test
    void shedLikes_staySideEffectFree() throws TargetUnreachable {
        api.misbehave(LIKES, 2, new Refuses(429, "{}"));

        RunResult result = run(SMALL);

        assertThat(likes(result).shed()).isPositive();
        assertThat(result.verdict().differences()).isEmpty();
        assertThat(result.verdict().open()).isZero();
    }

    @Test
    void browsing_waitsUntilEverythingIsPublished() throws TargetUnreachable {
        api.misbehave("POST /v1/posts", 2, new Refuses(503, "{\"type\":\"urn:x\"}"))
                .misbehave("POST /v1/posts", 3, new Late(Duration.ofSeconds(1)));

        RunResult result = run(SMALL);

        assertThat(result.phases().getFirst().total().accepted()).isEqualTo(SMALL.posts());
        assertThat(result.verdict().differences()).isEmpty();
        assertThat(likes(result).offered()).isGreaterThan(50);
    }

    @Test
    void rightRequestsRejected_fail() throws TargetUnreachable {
        api.misbehave(LIKES, 10, new Refuses(404, "{}"));

        assertThat(differences(SMALL)).hasAtLeastOneElementOfType(Difference.WronglyRejected.class);
    }

    @Test
    void aTrace_insistsUntilEveryLikeCounts(@TempDir Path folder) throws IOException, TargetUnreachable {
        Path file = folder.resolve("trace.csv");
        StringBuilder rows = new StringBuilder("offset_seconds,kind,post,author,user\n0,post,a,1,1\n");
        for (int like = 0; like < 200; like++) {
            rows.append(like)
                    .append(",like,")
                    .append(like % 3 == 0 ? "b,2," : "a,1,")
                    .append(10 + like % 90)
                    .append('\n');
        }
        Files.writeString(file, rows);
        api.misbehave("POST /v1/posts", 2, new Refuses(503, "{\"type\":\"urn:x\"}"))
                .misbehave(LIKES, 7, new Refuses(429, "{}"))
                .misbehave(LIKES, 9, new Resets(true))
                .misbehave(LIKES, 11, new DoesNotKnow(false));

        RunResult result = run(TracePlan.of(file, 100));

        assertThat(result.verdict().differences()).isEmpty();
        assertThat(result.verdict().likes())
                .isEqualTo(result.verdict().votesRead())
                .isPositive();
        assertThat(likes(result).offered()).isGreaterThan(200);
        assertThat(result.abandoned()).isZero();
    }

    @Test
    void aBoundOnRequestsUnderWay_onlyDelaysATrace(@TempDir Path folder) throws IOException, TargetUnreachable {
        Path file = folder.resolve("trace.csv");
        StringBuilder rows = new StringBuilder("offset_seconds,kind,post,author,user\n0,post,a,1,1\n");
        for (int like = 0; like < 25; like++) {
            rows.append("1,like,a,1,").append(10 + like).append('\n');
        }
        Files.writeString(file, rows);
        api.misbehave(LIKES, 1, new Late(Duration.ofMillis(200)));

        RunResult result = run(TracePlan.of(file, 1), 1, Duration.ofSeconds(15));

        assertThat(result.abandoned()).isZero();
        assertThat(result.verdict().likes()).isEqualTo(25);
        assertThat(result.verdict().differences()).isEmpty();
        // Waiting for a place is the generator's own doing, yet the last like did wait that long.
        assertThat(Objects.requireNonNull(result.latencies().get(TrafficClass.LIKES))
                        .max())
                .isGreaterThan(4_000);
    }

    @Test
    void aPostSentAgain_isCreatedOnce(@TempDir Path folder) throws IOException, TargetUnreachable {
        Path file = folder.resolve("trace.csv");
        Files.writeString(file, "offset_seconds,kind,post,author,user\n0,post,a,1,1\n0,post,b,1,1\n0,like,b,1,3\n");
        api.misbehave("POST /v1/posts", 2, new Resets(true));

        RunResult result = run(TracePlan.of(file, 1));

        assertThat(result.verdict().differences()).isEmpty();
        assertThat(result.verdict().posts()).isEqualTo(2);
        assertThat(api.posts()).isEqualTo(2);
    }

    @Test
    void aTargetThatNowAndThenGivesNoToken_isAskedAgain() throws TargetUnreachable {
        api.misbehave("POST /dev/token", 20, new Refuses(503, "{}"));

        assertThat(run(SMALL).verdict().passed()).isTrue();
    }

    @Test
    void aTargetThatGivesNoTokens_isNotReady() {
        api.misbehave("POST /dev/token", 1, new Refuses(404, "{}"));

        assertThatThrownBy(() -> run(SMALL))
                .isInstanceOf(TargetUnreachable.class)
                .hasMessage("POST /dev/token gives no token, but status 404");
    }

    private static Scenario small(int posts, double rate, Duration length) {
        Shape shape = Shape.burst(rate, 4, length).warmedUp(Duration.ofMillis(300), rate);
        return new Scenario("small", 1, 40, posts, shape, Mix.BROWSING, Popularity.VIRAL);
    }

    private RunResult run(Plan plan) throws TargetUnreachable {
        return run(plan, 2048, Duration.ofSeconds(15));
    }

    private RunResult run(Plan plan, int maxInFlight, Duration timeout) throws TargetUnreachable {
        return new LoadRun(plan, options(maxInFlight, timeout, Duration.ofSeconds(60))).execute();
    }

    /** A run whose counts never become right is not waited for long. */
    private List<Difference> differences(Plan plan) throws TargetUnreachable {
        return new LoadRun(plan, options(2048, Duration.ofSeconds(15), Duration.ofSeconds(3)))
                .execute()
                .verdict()
                .differences();
    }

    private RunOptions options(int maxInFlight, Duration timeout, Duration drainPatience) {
        return new RunOptions(
                Target.of(api.url(), List.of()),
                1,
                "test",
                maxInFlight,
                timeout,
                drainPatience,
                Duration.ofMillis(100));
    }

    private static Book likes(RunResult result) {
        return Objects.requireNonNull(result.books().get(TrafficClass.LIKES));
    }
}
