package dev.allclear.agent.schema;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.config.Settings;
import dev.allclear.agent.importer.BadImport;
import dev.allclear.agent.importer.CurlCommand;
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

  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```yaml\n(.*?)^```");

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

  /// Each key of each kind of map stands in some good file or example.
  @Test
  void readersKnowTheKeysOfTheSchemaAndNoOthers() throws IOException {
    Map<Map<?, ?>, Set<String>> known = new HashMap<>();
    for (Object document : documents()) {
      SCHEMA.walk(
          document,
          (path, kinds) -> {
            List<String> keys = knownKeys(document, path);
            List<Map<?, ?>> closed = kinds.stream().filter(Schema::isClosed).toList();
            assertEquals(keys.isEmpty(), closed.isEmpty(), () -> path + " " + keys);
            closed.forEach(kind -> known.computeIfAbsent(kind, _ -> new TreeSet<>()).addAll(keys));
          });
    }
    List<String> differences = new ArrayList<>();
    SCHEMA
        .closed()
        .forEach((name, kind) -> {
          Set<String> ofReaders = known.getOrDefault(kind, Set.of());
          Set<?> ofSchema = Schema.properties(kind).keySet();
          ofReaders.stream()
              .filter(key -> !ofSchema.contains(key))
              .forEach(key -> differences.add(name + "." + key + " is not in the schema"));
          ofSchema.stream()
              .filter(key -> !ofReaders.contains(String.valueOf(key)))
              .forEach(key -> differences.add(name + "." + key));
        });

    assertEquals("", String.join("\n", differences));
  }

  @Test
  void whatIsImportedIsAsTheSchemaWants() throws BadImport {
    String yaml =
        CurlCommand.parse(
                "curl -kL -m 2.5 --connect-to ::192.0.2.1:8443 -x http://u:pw@proxy:3128 --http1.1"
                    + " --cacert ca.pem -E a.pem --key k.pem -b lang=en -u ada:x -F f=@x -F b=c"
                    + " https://shop.example/?q=1")
            .journey("shop", "shop.yaml")
            .yaml();

    assertEquals(List.of(), SCHEMA.problems(document(yaml)));
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

  /// Of the good files, and of the examples in the pages beside them.
  private static List<Object> documents() throws IOException {
    List<Object> documents = new ArrayList<>();
    for (Path file : good()) {
      documents.add(document(file));
    }
    try (Stream<Path> files = Files.walk(CONFIG)) {
      for (Path page : files.filter(file -> file.toString().endsWith(".md")).sorted().toList()) {
        EXAMPLE
            .matcher(Files.readString(page))
            .results()
            .forEach(example -> documents.add(whole(document(example.group(1)))));
      }
    }
    return documents;
  }

  /// An example may be only the steps of a journey, or have no service.
  private static Object whole(Object example) {
    Map<Object, @Nullable Object> whole = new LinkedHashMap<>();
    whole.put("services", Map.of("shop", Map.of("rto", "2m", "detect", "https://shop.example/")));
    if (example instanceof Map<?, ?> sections) {
      whole.putAll(sections);
    } else {
      whole.put("journeys", Map.of("example", Map.of("steps", example)));
    }
    return whole;
  }

  private static Object document(Path file) throws IOException {
    return document(Files.readString(file));
  }

  private static Object document(String text) {
    Load load = new Load(LoadSettings.builder().setSchema(new CoreSchema()).build());
    return requireNonNull(load.loadFromString(text));
  }
}
