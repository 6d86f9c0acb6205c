package spillway.metrics.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The content service as far as others ask it whether posts exist. */
public final class FakeContent implements AutoCloseable {

    private final HttpServer http;
    private final Set<String> posts = ConcurrentHashMap.newKeySet();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean broken;

    public FakeContent() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/v1/posts/", this::answer);
        http.start();
    }

    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    public void has(long post) {
        posts.add(Long.toString(post));
    }

    /** From now on every answer is 503. */
    public void breakDown(boolean broken) {
        this.broken = broken;
    }

    /** Requests so far. */
    public int asked() {
        return asked.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        String path = exchange.getRequestURI().getPath();
        int status;
        if (broken) {
            status = 503;
        } else if (token == null || !token.startsWith("Bearer ")) {
            status = 401;
        } else {
            status = posts.contains(path.substring(path.lastIndexOf('/') + 1)) ? 200 : 404;
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
