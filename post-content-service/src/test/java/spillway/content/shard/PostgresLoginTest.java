package spillway.content.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class PostgresLoginTest {

    @Test
    void missingPassword_isSaid() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new PostgresLogin("spillway", null).requirePassword())
                .withMessage("spillway.postgres.password is not set, and it has no default");
        assertThatIllegalStateException().isThrownBy(() -> new PostgresLogin("spillway", "").requirePassword());
    }

    @Test
    void password_isNotPrinted() {
        assertThat(new PostgresLogin("spillway", "s3cret").toString()).doesNotContain("s3cret");
    }
}
