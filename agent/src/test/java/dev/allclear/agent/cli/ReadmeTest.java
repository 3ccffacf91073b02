package dev.allclear.agent.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the README and the page about journeys show is what there is.
final class ReadmeTest {
  private static final Path ROOT = Path.of("..");
  private static final List<Path> PAGES =
      List.of(ROOT.resolve("README.md"), ROOT.resolve("config/journeys/JOURNEYS.md"));

  /// Around steps that are shown alone.
  private static final String JOURNEY =
      """
      services: {shop: {rto: 2m, verify: {journeys: [shown]}}}
      journeys:
        shown:
          deadline: 1m
          steps:
      """;

  private static final String PACKAGES = "dev/allclear/";

  @TempDir private Path folder;

  static Stream<String> configs() throws IOException {
    return found("(?ms)^```yaml\n(.*?)^```")
        .map(shown -> shown.startsWith("- ") ? JOURNEY + shown.indent(6) : shown);
  }

  static Stream<String> commandLines() throws IOException {
    return found("(?ms)^```sh\n(.*?)^```")
        .flatMap(String::lines)
        .filter(line -> line.startsWith("bin/allclear "))
        .map(line -> line.replaceFirst("^bin/allclear ", "").replaceFirst(" +#.*", ""));
  }

  /// What the first group of the expression holds, at each place of the pages where it matches.
  private static Stream<String> found(String expression) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path page : PAGES) {
      found.addAll(found(page, expression));
    }
    return found.stream();
  }

  private static List<String> found(Path page, String expression) throws IOException {
    return Pattern.compile(expression)
        .matcher(Files.readString(page))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("configs")
  void showsConfigsThatAreGood(String config) throws IOException {
    Path file = Files.writeString(folder.resolve("allclear.yaml"), config);
    Files.writeString(folder.resolve("picture.png"), "a picture");

    assertDoesNotThrow(() -> Settings.load(file, name -> "value of " + name));
  }

  @ParameterizedTest
  @MethodSource("commandLines")
  void showsCommandLinesThatAreUnderstood(String line) {
    assertDoesNotThrow(() -> Main.commandLine().parseArgs(line.split(" ", -1)));
  }

  @Test
  void namesCommandsThatExist() throws IOException {
    Set<String> named = found("bin/allclear ([a-z-]+)").collect(Collectors.toSet());
    named.removeAll(Main.commandLine().getSubcommands().keySet());

    assertEquals(Set.of(), named);
  }

  @Test
  void linksToFilesThatExist() throws IOException {
    for (Path page : PAGES) {
      for (String link : found(page, "\\]\\(([^)]+)\\)")) {
        assertTrue(Files.exists(page.resolveSibling(link)), page + " links to " + link);
      }
    }
  }

  @Test
  void mapsEveryPackage() throws IOException {
    SortedSet<String> packages = packages(ROOT.resolve("probes"));
    packages.addAll(packages(ROOT.resolve("agent")));

    assertFalse(packages.isEmpty());
    assertEquals(
        packages,
        new TreeSet<>(found(PAGES.getFirst(), "(?m)^\\| `((?:probes|agent)[a-z.]*)` \\| \\w")));
  }

  private static SortedSet<String> packages(Path module) throws IOException {
    Path sources = module.resolve("src/main/java").resolve(PACKAGES);
    assertTrue(Files.isDirectory(sources));
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.endsWith("package-info.java"))
          .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
