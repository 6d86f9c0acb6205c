package spillway.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HouseRulesTest {

    private static final String FIXTURE = "spillway.platform.testing.fixture.";
    private static final JavaClasses FAULTLESS = fixture("Faultless");

    static Stream<Arguments> rulesAndWhatBreaksThem() {
        return Stream.of(
                Arguments.of(HouseRules.JACKSON_3, "ReadsWithOldJackson"),
                Arguments.of(HouseRules.NO_ROLE_SUFFIXES, "OrderManager"),
                Arguments.of(HouseRules.PACKAGES_ARE_FEATURES, "util.Things"),
                Arguments.of(HouseRules.NO_FIELD_INJECTION, "InjectedField"),
                Arguments.of(HouseRules.TIME_AND_CHANCE_ARE_INJECTED, "ReadsTheWallClock"),
                Arguments.of(HouseRules.PACKAGES_ARE_NULL_MARKED, "unmarked.Unmarked"),
                Arguments.of(HouseRules.noSleepOutside(Set.of()), "Sleeps"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("rulesAndWhatBreaksThem")
    void eachRule_failsOnItsFixture_andOnlyThere(ArchRule rule, String broken) {
        assertThat(rule.evaluate(fixture(broken)).hasViolation()).isTrue();
        assertThat(rule.evaluate(FAULTLESS).hasViolation()).isFalse();
    }

    @Test
    void aNamedAdapter_maySleep() {
        ArchRule rule = HouseRules.noSleepOutside(Set.of(FIXTURE + "Sleeps"));

        assertThat(rule.evaluate(fixture("Sleeps")).hasViolation()).isFalse();
    }

    @Test
    void aPackageWithoutClasses_isNoSuccess() {
        assertThatThrownBy(() -> HouseRules.of("spillway.nowhere").check()).hasMessageContaining("no classes");
    }

    @Test
    void theTestSupport_keepsTheHouseRules() {
        HouseRules.of("spillway.platform.testing").check();
    }

    /** The class alone, with what is known of its package. */
    private static JavaClasses fixture(String name) {
        return new ClassFileImporter()
                .importPackages("spillway.platform.testing.fixture")
                .that(named(FIXTURE + name));
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return DescribedPredicate.describe(
                "named " + name, type -> type.getName().equals(name));
    }
}
