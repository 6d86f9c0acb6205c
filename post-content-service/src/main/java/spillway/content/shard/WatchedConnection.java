package spillway.content.shard;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A pool's connection that tells when it is given back. */
final class WatchedConnection implements InvocationHandler {

    /** Hears once that a connection is given back. */
    interface Watcher {
        /** @param broken whether the database was lost on it */
        void returned(boolean broken);
    }

    private final Connection connection;
    private final Watcher watcher;
    private final AtomicBoolean returned = new AtomicBoolean();

    private WatchedConnection(Connection connection, Watcher watcher) {
        this.connection = connection;
        this.watcher = watcher;
    }

    static Connection of(Connection connection, Watcher watcher) {
        return (Connection) Proxy.newProxyInstance(
                WatchedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new WatchedConnection(connection, watcher));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("close")) {
            close();
            return null;
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private void close() throws SQLException {
        if (!returned.compareAndSet(false, true)) {
            return;
        }
        boolean broken = true;
        try {
            // A pool closes a connection that is in use as soon as a statement finds the database gone.
            broken = connection.isClosed();
            connection.close();
        } finally {
            watcher.returned(broken);
        }
    }
}
