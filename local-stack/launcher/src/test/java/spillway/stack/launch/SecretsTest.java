package spillway.stack.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spillway.stack.server.DataFolder;

class SecretsTest {

    @TempDir
    Path state;

    @Test
    void secrets_areMadeOnce_andOnlyForTheirOwner() throws IOException {
        Folders folders = new Folders(state);
        Secrets first = Secrets.of(folders);

        assertThat(Secrets.of(folders)).isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folders.secrets())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folders.secrets().resolve("spillway.receipts.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void secretsLostBesideTheirData_areNotMadeAnew() throws IOException {
        Folders folders = new Folders(state);
        Secrets.of(folders);
        Files.createDirectories(folders.data());
        DataFolder.delete(folders.secrets());

        assertThatThrownBy(() -> Secrets.of(folders)).hasMessageContaining("are gone but their data is still in");
        assertThat(folders.data()).exists();
    }
}
