package spillway.stack.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spillway.stack.process.StackFailure;

class DataFolderTest {

    @TempDir
    Path state;

    private final List<String> notes = new ArrayList<>();

    @Test
    void aCompletedFolder_isNeverPreparedAgain() throws IOException {
        Place place = Place.under(state, "shop", notes::add);
        DataFolder.prepare(place, "shop 1", folder -> Files.writeString(folder.resolve("stock"), "full"));
        DataFolder.prepare(place, "shop 1", folder -> Files.writeString(folder.resolve("stock"), "empty"));

        assertThat(place.data().resolve("stock")).hasContent("full");
        assertThat(notes).isEmpty();
    }

    @Test
    void aPreparationKilledMidway_isSaidAndDoneAnew() {
        Place place = Place.under(state, "shop", notes::add);
        assertThatThrownBy(() -> DataFolder.prepare(place, "shop 1", folder -> {
                    Files.writeString(folder.resolve("half"), "written");
                    throw new IOException("killed");
                }))
                .isInstanceOf(StackFailure.class);

        DataFolder.prepare(place, "shop 1", folder -> Files.writeString(folder.resolve("stock"), "full"));

        assertThat(place.data().resolve("half")).doesNotExist();
        assertThat(place.data().resolve("stock")).hasContent("full");
        assertThat(notes).singleElement().asString().contains("never completed");
    }

    @Test
    void dataOfAnotherVersion_isLeftAsItIs() {
        Place place = Place.under(state, "shop", notes::add);
        DataFolder.prepare(place, "shop 1", folder -> Files.writeString(folder.resolve("stock"), "full"));

        assertThatThrownBy(() -> DataFolder.prepare(place, "shop 2", folder -> {}))
                .hasMessageContaining("holds data of shop 1, not of shop 2");
        assertThat(place.data().resolve("stock")).hasContent("full");
    }
}
