package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.expect.Cel;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.expect.JsonSchema;
import dev.allclear.probes.expect.Label;
import dev.allclear.probes.expect.Network;
import dev.allclear.probes.expect.Predicate;
import dev.allclear.probes.expect.Source;
import dev.allclear.probes.template.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what a step expects of its answer.
public final class ExpectReader {
  private static final List<String> PROTOCOLS = List.of("h2", "h2c", "http/1.1", "http/1.0");
  private static final List<String> TLS_VERSIONS = List.of("1.2", "1.3");

  private final Variables variables;
  private final JsonReader json;
  private final PredicateReader predicates;

  public ExpectReader(Variables variables) {
    this.variables = variables;
    this.json = new JsonReader(variables);
    this.predicates = new PredicateReader(variables);
  }

  public List<Expectation> read(MapReader step) {
    List<Expectation> expectations =
        step.get("expect", value -> value.map("a map, as {status: 200}", this::expectations));
    return expectations == null ? List.of() : expectations;
  }

  /// The expectations among the keys of a map.
  List<Expectation> expectations(MapReader map) {
    List<Expectation> found = new ArrayList<>();
    add(map.get("status", ExpectReader::status), found);
    values(map, found);
    body(map, found);
    add(map.get("within", Value::duration), Expectation.Within::new, found);
    wire(map, found);
    for (Label label : Label.values()) {
      add(
          map.get(label.label(), variables::text),
          text -> new Expectation.Labelled(label, text),
          found);
    }
    return found;
  }

  private void values(MapReader map, List<Expectation> found) {
    for (Value header : map.entries("header", "{Content-Type: json}")) {
      if (header.isHeader()) {
        add(Source.header(header.name()), predicates.ofHeader(header), found);
      }
    }
    for (Value cookie : map.entries("cookie", "{session: {exists: true}}")) {
      add(new Source.Cookie(cookie.name()), predicates.ofText(cookie), found);
    }
    for (Value json : map.entries("json", "{$.state: booked}")) {
      add(json.parsedKey(Source::json), predicates.ofJson(json), found);
    }
    for (Value xpath : map.entries("xpath", "{//order/id: 42}")) {
      add(xpath.parsedKey(Source::xpath), predicates.ofText(xpath), found);
    }
    for (Value css : map.entries("css", "{\"#total\": {exists: true}}")) {
      css(css, found);
    }
  }

  /// Beside its predicates a selector may name an attribute.
  private void css(Value css, List<Expectation> found) {
    List<String> attribute = new ArrayList<>();
    List<Predicate> wanted = predicates.ofElement(css, attribute::add);
    add(
        css.parsedKey(
            selector -> Source.css(selector, attribute.isEmpty() ? null : attribute.getFirst())),
        wanted,
        found);
  }

  private void body(MapReader map, List<Expectation> found) {
    add(map.get("size", LimitsReader::size), Expectation.Size::new, found);
    for (Value contains : map.list("contains")) {
      add(variables.text(contains), Expectation::contains, found);
    }
    for (Value lacks : map.list("lacks")) {
      add(variables.text(lacks), Expectation::lacks, found);
    }
    for (Value matches : map.list("matches")) {
      add(matches.parsed("a regular expression (RE2)", Expectation::matches), found);
    }
    add(map.get("schema", this::schema), Expectation.Schema::new, found);
    for (Value cel : map.list("cel")) {
      add(cel(cel), Expectation.Condition::new, found);
    }
  }

  private void wire(MapReader map, List<Expectation> found) {
    add(
        map.get("tls", value -> value.map("{version: 1.3, days-left: 14}", ExpectReader::tls)),
        found);
    add(map.get("protocol", value -> value.choice(PROTOCOLS)), Expectation.Protocol::new, found);
    List<Network> networks = new ArrayList<>();
    for (Value remote : map.list("remote")) {
      Network network = remote.parsed("a network, as 192.0.2.0/24", Network::parse);
      if (network != null) {
        networks.add(network);
      }
    }
    add(networks.isEmpty() ? null : new Expectation.Remote(networks), found);
  }

  private static Expectation tls(MapReader map) {
    String version = map.get("version", value -> value.choice(TLS_VERSIONS));
    Integer days = map.get("days-left", Value::count);
    return new Expectation.Tls(version, days);
  }

  private @Nullable Cel cel(Value value) {
    Cel cel = value.parsed("a condition, as status == 200", Cel::ofAnswer);
    if (cel != null) {
      variables.use(cel.variables(), value);
    }
    return cel;
  }

  private @Nullable JsonSchema schema(Value value) {
    try {
      if (value.isMap()) {
        return JsonSchema.parse("the schema", JsonText.write(json.document(value)));
      }
      Path file = value.file();
      return file == null
          ? null
          : JsonSchema.parse(String.valueOf(file.getFileName()), Files.readString(file));
    } catch (IOException | IllegalArgumentException e) {
      value.wrong(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static void add(@Nullable Expectation expectation, List<Expectation> found) {
    if (expectation != null) {
      found.add(expectation);
    }
  }

  private static void add(
      @Nullable Source source, List<Predicate> predicates, List<Expectation> found) {
    if (source != null) {
      found.add(new Expectation.Value(source, predicates));
    }
  }

  private static <T> void add(
      @Nullable T wanted, Function<T, Expectation> expectation, List<Expectation> found) {
    if (wanted != null) {
      found.add(expectation.apply(wanted));
    }
  }

  /// The entries of a list are alternatives.
  private static @Nullable Expectation status(Value value) {
    List<Expectation.Range> ranges = new ArrayList<>();
    for (Value code : value.list()) {
      if (code.parsed("a status, as 200 or 2xx", Expectation::status)
          instanceof Expectation.Status(List<Expectation.Range> some)) {
        ranges.addAll(some);
      }
    }
    return ranges.isEmpty() ? null : new Expectation.Status(ranges);
  }
}
