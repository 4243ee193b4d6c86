package io.tradosphere.test.layer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tradosphere.stack.Slice;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Test contract of the allowed dependencies. Services subclass it in their own package. */
public abstract class LayeringContract {

    private static final String PLATFORM = "io.tradosphere.platform..";
    private static final String CONTRACTS = "io.tradosphere.contracts..";
    private static final String SLICE_DATABASE = "io.tradosphere.platform.db.SliceDatabase";
    private static final String TX = "io.tradosphere.platform.db.Tx";
    private static final String AWAIT = "io.smallrye.mutiny.groups.UniAwait";

    private static JavaClasses all;

    @BeforeAll
    static void read() {
        all = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.tradosphere");
    }

    @Test
    void the_service_has_packages_by_feature() {
        classes()
                .that()
                .resideInAPackage(own())
                .should()
                .resideInAPackage(own().replace("..", ".(*).."))
                .check(all);
    }

    @Test
    void a_resource_calls_a_service_and_never_the_database() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Resource")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..", "java.sql..", "javax.sql..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName(SLICE_DATABASE)
                .orShould()
                .accessTargetWhere(of(
                        "a transaction",
                        access -> access.getTargetOwner().getName().equals(TX)))
                .allowEmptyShould(true)
                .check(all);
    }

    @Test
    void no_service_depends_on_another() {
        noClasses()
                .that()
                .resideInAPackage(own())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Arrays.stream(services())
                        .filter(service -> !service.equals(own()))
                        .toArray(String[]::new))
                .check(all);
    }

    @Test
    void nothing_in_the_service_blocks_a_thread() {
        noClasses()
                .that()
                .resideInAPackage(own())
                .should()
                .accessTargetWhere(of("blocking code", LayeringContract::blocks))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..")
                .check(all);
    }

    @Test
    void the_services_packages_are_free_of_cycles() {
        slices().matching(own().replace("..", ".(*).."))
                .should()
                .beFreeOfCycles()
                .check(all);
    }

    @Test
    void the_platform_knows_no_service() {
        noClasses()
                .that()
                .resideInAPackage(PLATFORM)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(services())
                .check(all);
    }

    @Test
    void the_contracts_stand_alone() {
        noClasses()
                .that()
                .resideInAPackage(CONTRACTS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..", "io.smallrye..", "io.vertx..", "jakarta..", "org.apache.kafka..", PLATFORM)
                .check(all);
    }

    @Test
    void text_of_requests_has_no_characters_that_deceive() {
        assertThat(all.stream()
                        .filter(type -> (type.getPackageName() + ".")
                                .startsWith(getClass().getPackageName() + "."))
                        .flatMap(type -> FreeTextRule.violations(type).stream()))
                .containsExactlyInAnyOrderElementsOf(textThatIsOnlyRead());
    }

    /** The full names of fields whose text is neither stored nor shown, so that it may have any character. */
    protected Set<String> textThatIsOnlyRead() {
        return Set.of();
    }

    private static boolean blocks(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getName();
        return owner.equals(AWAIT)
                || owner.equals("java.lang.Thread") && name.equals("sleep")
                || access.getTargetOwner().isAssignableTo(Future.class) && name.matches("get|join");
    }

    private static DescribedPredicate<JavaAccess<?>> of(String description, Predicate<JavaAccess<?>> predicate) {
        return DescribedPredicate.describe(description, predicate);
    }

    /** The packages of the service under test, from the package of the subclass. */
    private String own() {
        return getClass().getPackageName() + "..";
    }

    private static String[] services() {
        return Arrays.stream(Slice.values())
                .map(slice -> "io.tradosphere." + slice.schema() + "..")
                .toArray(String[]::new);
    }
}
