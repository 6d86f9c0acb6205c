package spillway.gateway.admission;

import java.net.URI;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

/** The rules that nobody has configured. */
final class TestRules {

    static final URI INSTANCE = URI.create("http://127.0.0.1:8082");

    private TestRules() {}

    static AdmissionRules defaults() {
        return Binder.get(new MockEnvironment()).bindOrCreate("spillway.gateway.admission", AdmissionRules.class);
    }
}
