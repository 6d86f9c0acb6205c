package spillway.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@RealServers({Server.POSTGRES, Server.REDIS})
class RealServersIT {

    @Test
    void eachNewDatabase_isEmptyAndDurable(Servers servers) throws SQLException {
        Servers.Database first = servers.postgres().newDatabase();
        Servers.Database second = servers.postgres().newDatabase();
        execute(first, "CREATE TABLE only_here (id int)");

        assertThat(query(second, "SELECT count(*) FROM pg_tables WHERE tablename = 'only_here'"))
                .isEqualTo("0");
        assertThat(query(first, "SHOW fsync")).isEqualTo("on");
        assertThat(query(first, "SHOW synchronous_commit")).isEqualTo("on");
    }

    @Test
    void aServerNotAskedFor_isRefused(Servers servers) {
        assertThatThrownBy(servers::kafka).hasMessageContaining("add Server.KAFKA");
    }

    @Nested
    class WithinTheSuite {

        @Test
        void thePrefix_isTheSame(Servers servers) {
            assertThat(servers.redis().prefix())
                    .isEqualTo(Servers.of(RealServersIT.class)
                            .orElseThrow()
                            .redis()
                            .prefix());
        }
    }

    private static void execute(Servers.Database database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(Servers.Database database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static Connection connect(Servers.Database database) throws SQLException {
        return DriverManager.getConnection(database.url(), database.username(), database.password());
    }
}
