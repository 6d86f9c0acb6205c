package spillway.gateway.admission;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

/** The rules that nobody has configured. */
final class TestRules {

    private TestRules() {}

    static AdmissionRules defaults() {
        return Binder.get(new MockEnvironment()).bindOrCreate("spillway.gateway.admission", AdmissionRules.class);
    }
}
