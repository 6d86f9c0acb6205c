package spillway.platform.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses request bodies over a limit, by the announced length or, when none is announced, as soon as the stream has
 * given more: Tomcat's own limits hold for form posts only.
 */
final class BodyLimit extends OncePerRequestFilter {

    private final DataSize general;
    private final Map<String, DataSize> byPath;
    private final ProblemWriter problems;

    /** @param byPath limits of paths that have their own */
    BodyLimit(DataSize general, Map<String, DataSize> byPath, ProblemWriter problems) {
        this.general = general;
        this.byPath = Map.copyOf(byPath);
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        DataSize limit = byPath.getOrDefault(request.getRequestURI(), general);
        if (request.getContentLengthLong() > limit.toBytes()) {
            problems.write(response, ProblemType.TOO_LARGE.with(new BodyTooLarge(limit).getMessage()));
            return;
        }
        chain.doFilter(new Limited(request, limit), response);
    }

    private static final class Limited extends HttpServletRequestWrapper {

        private final DataSize limit;

        Limited(HttpServletRequest request, DataSize limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Counted(super.getInputStream(), limit);
        }
    }

    private static final class Counted extends ServletInputStream {

        private final ServletInputStream source;
        private final DataSize limit;
        private long left;

        Counted(ServletInputStream source, DataSize limit) {
            this.source = source;
            this.limit = limit;
            this.left = limit.toBytes();
        }

        @Override
        public int read() throws IOException {
            int b = source.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = source.read(buffer, offset, length);
            count(Math.max(n, 0));
            return n;
        }

        private void count(int read) throws IOException {
            left -= read;
            if (left < 0) {
                throw new BodyTooLarge(limit);
            }
        }

        @Override
        public boolean isFinished() {
            return source.isFinished();
        }

        @Override
        public boolean isReady() {
            return source.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            source.setReadListener(listener);
        }
    }
}
