package org.fus.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows of the house: modules downwards, packages of the core downwards, internals closed, no work on the side. */
class ArchitectureTest {
    /** Lower rooms first; a room may use those before it. */
    private static final List<String> CORE_ROOMS = List.of(
            "error",
            "run",
            "geometry",
            "probe",
            "sequence",
            "data",
            "signal",
            "beamforming",
            "clutter",
            "doppler",
            "simulation",
            "pipeline",
            "render");

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.fus");

    @Test
    void modules_pointDownwardsOnly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("core")
                .definedBy("org.fus.core..")
                .layer("io")
                .definedBy("org.fus.io..")
                .layer("hardware")
                .definedBy("org.fus.hardware..")
                .layer("cloud")
                .definedBy("org.fus.cloud..")
                .layer("examples")
                .definedBy("org.fus.examples..")
                .whereLayer("core")
                .mayNotAccessAnyLayer()
                .whereLayer("io")
                .mayOnlyAccessLayers("core")
                .whereLayer("hardware")
                .mayOnlyAccessLayers("core", "io")
                .whereLayer("cloud")
                .mayOnlyAccessLayers("core", "io")
                .whereLayer("examples")
                .mayNotBeAccessedByAnyLayer()
                .check(HOUSE);
    }

    @Test
    void coreRooms_pointDownwardsOnly() {
        LayeredArchitecture rooms =
                layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
        for (String room : CORE_ROOMS) {
            rooms = rooms.layer(room).definedBy("org.fus.core." + room + "..");
        }
        for (int i = 0; i < CORE_ROOMS.size(); i++) {
            rooms = i == 0
                    ? rooms.whereLayer(CORE_ROOMS.get(i)).mayNotAccessAnyLayer()
                    : rooms.whereLayer(CORE_ROOMS.get(i))
                            .mayOnlyAccessLayers(CORE_ROOMS.subList(0, i).toArray(String[]::new));
        }
        rooms.check(HOUSE);
    }

    @Test
    void everyCorePackage_isARoomOfThisList() {
        assertThat(HOUSE.stream()
                        .map(c -> c.getPackageName())
                        .filter(p -> p.startsWith("org.fus.core."))
                        .map(p -> p.substring("org.fus.core.".length()))
                        .map(p -> p.contains(".") ? p.substring(0, p.indexOf('.')) : p)
                        .filter(p -> !p.equals("internal"))
                        .distinct())
                .as("a new room is added to CORE_ROOMS, at its place in the order")
                .isSubsetOf(CORE_ROOMS);
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching("org.fus.(*)..").should().beFreeOfCycles().check(HOUSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "io", "hardware", "cloud"})
    void internals_areNotUsedFromOutside(String module) {
        noClasses()
                .that(not(resideInAPackage("org.fus." + module + "..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.fus." + module + ".internal..")
                .check(HOUSE);
    }

    @Test
    void vectorApi_standsInOneInternalPackage() {
        noClasses()
                .that(not(resideInAPackage("org.fus.core.internal.vector")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jdk.incubator..", "org.fus.core.internal.vector..")
                .because("a host without the Vector API must be able to load everything else")
                .check(HOUSE);
    }

    @Test
    void core_opensNoFileSocketOrThread() {
        noClasses()
                .that(resideInAPackage("org.fus.core.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels.."))
                .orShould()
                .callConstructor(Thread.class, Runnable.class)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.Executors")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ForkJoinPool")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.File")
                .check(HOUSE);
    }

    @Test
    void libraries_printNothing() {
        noClasses()
                .that(resideInAnyPackage("org.fus.core..", "org.fus.io..", "org.fus.hardware..", "org.fus.cloud.."))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(HOUSE);
    }
}
