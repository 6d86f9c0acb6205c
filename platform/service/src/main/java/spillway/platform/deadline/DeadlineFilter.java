package spillway.platform.deadline;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;
import spillway.platform.problem.ProblemType;
import spillway.platform.problem.ProblemWriter;

/** Reads the deadline of each request, before anything else is done for it, and refuses one that is none. */
final class DeadlineFilter extends OncePerRequestFilter {

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    private final ProblemWriter problems;

    DeadlineFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<String> sent = Collections.list(request.getHeaders(Deadline.HEADER));
        if (sent.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        Optional<Duration> left = Deadline.read(sent);
        if (left.isEmpty()) {
            problems.write(
                    response,
                    ProblemType.INVALID_REQUEST.with(
                            Deadline.HEADER + " must be one whole number of milliseconds, at least 1."));
            return;
        }
        Deadline.Kind kind = READS.contains(request.getMethod()) ? Deadline.Kind.READ : Deadline.Kind.WRITE;
        Deadline deadline = Deadline.in(left.get(), kind);
        try {
            ScopedValue.where(Deadline.CURRENT, deadline).call(() -> {
                chain.doFilter(request, response);
                return true;
            });
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the filters threw what they do not declare", e);
        }
    }
}
