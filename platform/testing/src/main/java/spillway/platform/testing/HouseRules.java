package spillway.platform.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/**
 * The part of the house style that a machine can check, as one test per module:
 *
 * <pre>{@code
 * @Test
 * void productionCode_keepsTheHouseRules() {
 *     HouseRules.of("spillway.content").check();
 * }
 * }</pre>
 */
public final class HouseRules {

    private static final Pattern ROLE_SUFFIX = Pattern.compile(".*(Impl|Manager|Helper|Utils?|D[Tt][Oo]|Mapper)");
    private static final Set<String> EMPTY_NAMES = Set.of("common", "util", "utils", "config", "impl");
    private static final List<String> INJECTIONS = List.of(
            "org.springframework.beans.factory.annotation.Autowired",
            "org.springframework.beans.factory.annotation.Value",
            "jakarta.inject.Inject",
            "jakarta.annotation.Resource");

    static final ArchRule JACKSON_3 = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson.databind..")
            .because("Jackson 3 lives in tools.jackson; the old one is on the class path by accident")
            .allowEmptyShould(true);

    static final ArchRule NO_ROLE_SUFFIXES = noClasses()
            .should()
            .haveNameMatching(ROLE_SUFFIX.pattern())
            .because("a class is named for what it is or does")
            .allowEmptyShould(true);

    static final ArchRule PACKAGES_ARE_FEATURES = noClasses()
            .that(live("in a package that says nothing", HouseRules::saysNothing))
            .should()
            .bePublic()
            .orShould()
            .notBePublic()
            .because("a package is a feature")
            .allowEmptyShould(true);

    static final ArchRule NO_FIELD_INJECTION = noFields()
            .should()
            .beAnnotatedWith(DescribedPredicate.describe(
                    "an injecting annotation",
                    annotation -> INJECTIONS.contains(annotation.getRawType().getName())))
            .because("dependencies are constructor parameters")
            .allowEmptyShould(true);

    static final ArchRule TIME_AND_CHANCE_ARE_INJECTED = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callConstructor(Random.class)
            .because("a test must be able to decide them: take a Clock or a RandomGenerator")
            .allowEmptyShould(true);

    static final ArchRule PACKAGES_ARE_NULL_MARKED = ArchRuleDefinition.classes()
            .should(liveInANullMarkedPackage())
            .because("NullAway checks only what is marked")
            .allowEmptyShould(true);

    private final String[] packages;
    private final Set<String> sleepers = new TreeSet<>();

    private HouseRules(String... packages) {
        this.packages = packages;
    }

    /** The rules for the production code in these packages and below. */
    public static HouseRules of(String... packages) {
        return new HouseRules(packages.clone());
    }

    /** Names an adapter that may sleep: one waiting for something that has no way to call back. */
    public HouseRules sleepIsAllowedIn(String className) {
        sleepers.add(className);
        return this;
    }

    /** Fails with all that breaks a rule. */
    public void check() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(packages);
        if (classes.isEmpty()) {
            throw new AssertionError("no classes in " + List.of(packages));
        }
        all(sleepers).forEach(rule -> rule.check(classes));
    }

    private static List<ArchRule> all(Set<String> sleepers) {
        return List.of(
                JACKSON_3,
                NO_ROLE_SUFFIXES,
                PACKAGES_ARE_FEATURES,
                NO_FIELD_INJECTION,
                TIME_AND_CHANCE_ARE_INJECTED,
                PACKAGES_ARE_NULL_MARKED,
                noSleepOutside(sleepers));
    }

    static ArchRule noSleepOutside(Set<String> sleepers) {
        return noClasses()
                .that(live("outside " + sleepers, type -> !sleepers.contains(type.getName())))
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .because("code that sleeps is slow or wrong; wait for the event itself")
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaClass> live(String description, Predicate<JavaClass> predicate) {
        return DescribedPredicate.describe("live " + description, predicate);
    }

    private static boolean saysNothing(JavaClass type) {
        return Arrays.stream(type.getPackageName().split("\\.", -1)).anyMatch(EMPTY_NAMES::contains);
    }

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return new ArchCondition<>("live in a package marked @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                JavaPackage home = type.getPackage();
                boolean marked = home.tryGetPackageInfo().isPresent() && home.isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(
                        type, marked, "package " + home.getName() + " of " + type.getSimpleName()));
            }
        };
    }
}
