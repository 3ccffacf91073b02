package dev.allclear.agent.schema;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.config.Settings;
import dev.allclear.agent.json.Json;
import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.agent.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// The schema, the readers and the files agree.
final class ConfigSchemaTest {
  private static final Path CONFIG = Path.of("../config");
  private static final Path RESOURCES = Path.of("src/test/resources");
  private static final Path FILE = CONFIG.resolve("allclear.schema.json");

  /// So far from every word that the readers list all they know.
  private static final String UNKNOWN = "unheard-of-in-any-config";

  private static final Pattern KNOWN =
      Pattern.compile("unknown key `" + UNKNOWN + "`; write one of: (.*)");

  private static final Schema SCHEMA = new Schema(ConfigSchema.text());

  @TempDir private Path folder;

  static List<Path> shipped() throws IOException {
    return yaml(CONFIG).filter(file -> !file.toString().contains("prometheus")).toList();
  }

  static List<Path> good() throws IOException {
    return Stream.concat(shipped().stream(), yaml(RESOURCES.resolve("good"))).toList();
  }

  static List<Path> withUnknownKeys() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path file : yaml(RESOURCES.resolve("bad")).toList()) {
      if (Files.readString(file).contains(": unknown key ")) {
        files.add(file);
      }
    }
    return files;
  }

  private static Stream<Path> yaml(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @Test
  void theFileIsWhatTheCommandPrints() throws IOException {
    assertEquals(
        ConfigSchema.text(),
        Files.readString(FILE),
        "run: bin/allclear check --schema > config/allclear.schema.json");
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void shippedFilesNameTheSchema(Path file) throws IOException {
    String path = String.valueOf(requireNonNull(file.getParent()).relativize(FILE));

    assertEquals("# yaml-language-server: $schema=" + path, Files.readAllLines(file).getFirst());
  }

  @ParameterizedTest
  @MethodSource("good")
  void goodFilesAreAsTheSchemaWants(Path file) throws IOException {
    assertEquals(List.of(), SCHEMA.problems(document(file)));
  }

  @ParameterizedTest
  @MethodSource("withUnknownKeys")
  void unknownKeysAreUnknownToTheSchema(Path file) throws IOException {
    assertTrue(
        SCHEMA.problems(document(file)).stream().anyMatch(each -> each.contains("unknown key")),
        () -> file + " is as the schema wants");
  }

  @Test
  void readersKnowTheKeysOfTheSchemaAndNoOthers() throws IOException {
    Map<Map<?, ?>, Set<String>> known = new HashMap<>();
    for (Path file : good()) {
      Object document = document(file);
      SCHEMA.walk(
          document,
          (path, kinds) -> {
            List<String> keys = knownKeys(document, path);
            List<Map<?, ?>> closed = kinds.stream().filter(Schema::isClosed).toList();
            assertEquals(keys.isEmpty(), closed.isEmpty(), () -> file + " " + path + " " + keys);
            closed.forEach(kind -> known.computeIfAbsent(kind, _ -> new TreeSet<>()).addAll(keys));
          });
    }
    Map<String, Set<String>> ofReaders = new TreeMap<>();
    Map<String, Set<String>> ofSchema = new TreeMap<>();
    SCHEMA
        .closed()
        .forEach((name, kind) -> {
          ofReaders.put(name, known.getOrDefault(kind, Set.of()));
          Set<String> keys = new TreeSet<>();
          Schema.properties(kind).keySet().forEach(key -> keys.add(String.valueOf(key)));
          ofSchema.put(name, keys);
        });

    assertEquals(ofSchema, ofReaders);
  }

  @Test
  void everythingIsDescribed() {
    SCHEMA
        .closed()
        .forEach((name, kind) ->
            Schema.properties(kind)
                .forEach((key, property) -> {
                  Map<?, ?> map = (Map<?, ?>) requireNonNull(property);
                  assertTrue(
                      map.containsKey("description") || map.containsKey("$ref"), name + "." + key);
                  assertFalse("".equals(map.get("description")), name + "." + key);
                }));
  }

  /// What the readers say they know where an unknown key is added to the document; none where the
  /// keys are the operator's.
  private List<String> knownKeys(Object document, List<Object> path) {
    Path file = folder.resolve("allclear.yaml");
    try {
      Files.writeString(file, Json.write(with(document, path)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    List<String> messages;
    try {
      Settings.load(file, name -> "value of " + name);
      messages = List.of();
    } catch (BadConfig bad) {
      messages = bad.problems().stream().map(Problem::message).toList();
    }
    return messages.stream()
        .map(KNOWN::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .map(known -> List.of(known.group(1).split(", ", -1)))
        .orElse(List.of());
  }

  private static Object with(@Nullable Object value, List<Object> path) {
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list);
      int at = (Integer) path.getFirst();
      copy.set(at, with(list.get(at), path.subList(1, path.size())));
      return copy;
    }
    Map<Object, @Nullable Object> copy = new LinkedHashMap<>((Map<?, ?>) requireNonNull(value));
    if (path.isEmpty()) {
      copy.put(UNKNOWN, "x");
    } else {
      copy.put(path.getFirst(), with(copy.get(path.getFirst()), path.subList(1, path.size())));
    }
    return copy;
  }

  private static Object document(Path file) throws IOException {
    Load load = new Load(LoadSettings.builder().setSchema(new CoreSchema()).build());
    return requireNonNull(load.loadFromString(Files.readString(file)));
  }
}
