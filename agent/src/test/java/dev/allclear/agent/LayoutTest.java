package dev.allclear.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The layout of the design: the direction of packages, one home for each library, and who may read
/// a clock.
final class LayoutTest {
  private static final String ROOT = "dev.allclear.";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.allclear");

  /// Each library's packages, and the one package of ours that may use them.
  private static final Map<String, String> HOMES =
      Map.ofEntries(
          Map.entry("okhttp3..", "probes.http"),
          Map.entry("okio..", "probes.http"),
          Map.entry("org.brotli..", "probes.http"),
          Map.entry("com.jayway.jsonpath..", "probes.expect"),
          Map.entry("com.google.re2j..", "probes.expect"),
          Map.entry("net.minidev..", "probes.expect"),
          Map.entry("org.jsoup..", "probes.expect"),
          Map.entry("dev.harrel..", "probes.expect"),
          Map.entry("dev.cel..", "probes.expect"),
          Map.entry("org.xbill.DNS..", "probes.dns"),
          Map.entry("org.snakeyaml..", "agent.yaml"),
          Map.entry("java.sql..", "agent.ledger"),
          Map.entry("org.sqlite..", "agent.ledger"),
          Map.entry("io.micrometer..", "agent.metrics"),
          Map.entry("io.prometheus..", "agent.metrics"),
          Map.entry("io.vertx..", "agent.web"),
          Map.entry("io.netty..", "probes.wire"),
          Map.entry("tools.jackson..", "agent.json"),
          Map.entry("com.sun.net.httpserver..", "agent.demo"),
          Map.entry("picocli..", "agent.cli"));

  /// From the outside in: a package may use those after its own row, never those before it.
  private static final List<List<String>> LAYERS =
      List.of(
          List.of("agent.cli"),
          List.of("agent"),
          List.of("agent.web", "agent.metrics", "agent.demo", "agent.importer", "agent.schema"),
          List.of("agent.ledger"),
          List.of("agent.json", "agent.report"),
          List.of("agent.sight", "agent.tripwire"),
          List.of("agent.schedule", "agent.config", "agent.propagation", "agent.recovery"),
          List.of("agent.config.journey"),
          List.of("agent.yaml"),
          List.of("agent.outage"),
          List.of("probes.journey", "probes.dns"),
          List.of("probes.http"),
          List.of("probes.expect"),
          List.of("probes.template", "probes.propagation", "probes.readiness"),
          List.of("probes.wire"),
          List.of("probes.tls"),
          List.of("probes"));

  @TestFactory
  List<DynamicTest> everyLibraryHasOneHome() {
    return HOMES.entrySet().stream()
        .map(home ->
            DynamicTest.dynamicTest(
                home.getKey(),
                () ->
                    noClasses()
                        .that()
                        .resideOutsideOfPackage(ROOT + home.getValue())
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(home.getKey())
                        .allowEmptyShould(true)
                        .check(CLASSES)))
        .toList();
  }

  @TestFactory
  List<DynamicTest> nothingDependsOutwards() {
    return LAYERS.stream()
        .skip(1)
        .flatMap(List::stream)
        .map(inner ->
            DynamicTest.dynamicTest(
                inner,
                () ->
                    noClasses()
                        .that()
                        .resideInAPackage(ROOT + inner)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(outside(inner))
                        .check(CLASSES)))
        .toList();
  }

  private static String[] outside(String inner) {
    return LAYERS.stream()
        .takeWhile(layer -> !layer.contains(inner))
        .flatMap(List::stream)
        .map(name -> ROOT + name)
        .toArray(String[]::new);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("dev.allclear.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheSystemClockReadsTheClocks() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(SystemClock.class.getName())
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(CLASSES);
  }

  @Test
  void onlyTheDemoCommandSleeps() {
    noClasses()
        .that()
        .haveSimpleNameNotContaining("DemoCommand")
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", Duration.class)
        .check(CLASSES);
  }

  @Test
  void theFoldHasNoClockThreadOrLogger() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "agent.outage")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.concurrent..", "java.io..", "java.nio..", "java.net..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName(System.Logger.class.getName())
        .check(CLASSES);
  }
}
