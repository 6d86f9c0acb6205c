package spillway.content.reshard;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A transaction on a connection of its own, for as long as its holder likes. Not thread-safe. */
final class Handle implements AutoCloseable {

    private final Connection connection;
    private final JdbcTemplate jdbc;
    private boolean open = true;

    private Handle(Connection connection) {
        this.connection = connection;
        this.jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    }

    static Handle open(DataSource database) {
        try {
            Connection connection = database.getConnection();
            try {
                connection.setAutoCommit(false);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return new Handle(connection);
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("no connection", e);
        }
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    /** Ends it; when this fails it is not known whether it is committed. */
    void commit() {
        var unused = jdbc.execute((ConnectionCallback<Boolean>) own -> {
            connection.commit();
            return true;
        });
    }

    /** Rolls back what is not committed. */
    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        try (connection) {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException lost) {
            // The server has ended it: that is all there is to roll back.
        }
    }
}
