package spillway.content.shard;

import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The role the service has in every database.
 *
 * @param password no default; without one the service refuses to start, see {@link #requirePassword}
 */
@Validated
@ConfigurationProperties("spillway.postgres")
record PostgresLogin(
        @NotBlank @DefaultValue("spillway") String username,
        @Nullable String password) {

    /** Checked when connections are first needed, so that a start that needs none works without secrets. */
    void requirePassword() {
        if (password == null || password.isEmpty()) {
            throw new IllegalStateException("spillway.postgres.password is not set, and it has no default");
        }
    }

    /** Without the password: this ends in logs. */
    @Override
    public String toString() {
        return "PostgresLogin[username=" + username + "]";
    }
}
