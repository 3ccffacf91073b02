package dev.allclear.agent.yaml;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeType;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// One value of the file, and the name it has there. It reads itself as what is wanted, or puts
/// among the problems what to write instead and is null.
public final class Value {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final int MOST_SHOWN = 60;

  private final String name;
  private final Node key;
  private final Node node;
  private final Problems problems;

  Value(String name, Node key, Node node, Problems problems) {
    this.name = name;
    this.key = key;
    this.node = node;
    this.problems = problems;
  }

  /// The key it stands under; an entry of a list has its list's.
  public String name() {
    return name;
  }

  /// What kind of YAML is written.
  public enum Kind {
    MAP,
    LIST,
    TEXT,
    NUMBER,
    FLAG,
    NULL
  }

  public Kind kind() {
    return switch (node.getNodeType()) {
      case MAPPING -> Kind.MAP;
      case SEQUENCE -> Kind.LIST;
      case SCALAR, ANCHOR -> kind(node.getTag());
    };
  }

  private static Kind kind(Tag tag) {
    if (tag.equals(Tag.NULL)) {
      return Kind.NULL;
    }
    if (tag.equals(Tag.BOOL)) {
      return Kind.FLAG;
    }
    return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? Kind.NUMBER : Kind.TEXT;
  }

  public int line() {
    return key.getStartMark().orElseThrow().getLine() + 1;
  }

  public void wrong(String message) {
    problems.add(node, message);
  }

  public void wrongKey(String message) {
    problems.add(key, message);
  }

  public boolean isMap() {
    return node.getNodeType() == NodeType.MAPPING;
  }

  public boolean isList() {
    return node.getNodeType() == NodeType.SEQUENCE;
  }

  public boolean isNull() {
    return node.getTag().equals(Tag.NULL);
  }

  /// Whatever is written, as text; `wanted` completes "write …".
  public @Nullable String text(String wanted) {
    if (node instanceof ScalarNode scalar && !isNull()) {
      return scalar.getValue();
    }
    unwanted(wanted);
    return null;
  }

  /// What `parse` makes of the text; its IllegalArgumentException says what to write instead.
  public <T> @Nullable T parsed(String wanted, Function<String, T> parse) {
    String text = text(wanted);
    try {
      return text == null ? null : parse.apply(text);
    } catch (IllegalArgumentException e) {
      wrong(String.valueOf(e.getMessage()));
      return null;
    }
  }

  /// A duration, possibly zero.
  public @Nullable Duration length() {
    return parsed("a duration, as 10s", Durations::parse);
  }

  /// A duration above zero.
  public @Nullable Duration duration() {
    Duration length = length();
    if (length != null && length.isZero()) {
      wrong("`" + name + "` is zero; write a positive duration, as 10s");
      return null;
    }
    return length;
  }

  /// A whole number from 1.
  public @Nullable Integer count() {
    String text = text("a number, as 3");
    if (text == null || text.matches("0*[1-9][0-9]{0,3}")) {
      return text == null ? null : Integer.valueOf(text);
    }
    wrong(quoted(text) + " is not a number from 1 to 9999; write one, as 3");
    return null;
  }

  public @Nullable Boolean flag() {
    if (node instanceof ScalarNode scalar && node.getTag().equals(Tag.BOOL)) {
      return Boolean.valueOf(scalar.getValue());
    }
    unwanted("true or false");
    return null;
  }

  /// A file that is there and can be read; a relative path starts in the folder of the config file.
  public @Nullable Path file() {
    String text = text("the path of a file");
    Path path = text == null ? null : path(text);
    if (path == null) {
      return null;
    }
    if (!Files.exists(path)) {
      wrong("there is no file " + quoted(path.toString()) + "; write the path of one");
    } else if (!Files.isRegularFile(path)) {
      wrong(quoted(path.toString()) + " is no file; write the path of one");
    } else if (!Files.isReadable(path)) {
      wrong(
          quoted(path.toString())
              + " may not be read; give the agent's user permission to read it");
    } else {
      return path;
    }
    return null;
  }

  private @Nullable Path path(String text) {
    try {
      return problems.resolve(text);
    } catch (InvalidPathException _) {
      wrong(quoted(text) + " is no path; write the path of a file");
      return null;
    }
  }

  /// A name that becomes a label, a part of a path, a word on a command line.
  public @Nullable String label() {
    String text = text("a name, as eu-west-1");
    if (text == null || NAME.matcher(text).matches()) {
      return text;
    }
    wrong(notAName(text));
    return null;
  }

  /// Whether the key is such a name.
  public boolean isNamed() {
    boolean named = NAME.matcher(name).matches();
    if (!named) {
      wrongKey(notAName(name));
    }
    return named;
  }

  /// Whether the key can be the name of an HTTP header (RFC 9110, section 5.6.2).
  public boolean isHeader() {
    boolean header = HEADER.matcher(name).matches();
    if (!header) {
      wrongKey(quoted(name) + " is not the name of a header; write one, as Content-Type");
    }
    return header;
  }

  /// What `parse` makes of the key; its IllegalArgumentException says what to write instead.
  public <T> @Nullable T parsedKey(Function<String, T> parse) {
    try {
      return parse.apply(name);
    } catch (IllegalArgumentException e) {
      wrongKey(String.valueOf(e.getMessage()));
      return null;
    }
  }

  /// The keys of a map whose keys the operator chooses.
  public Set<String> keys() {
    return node instanceof MappingNode mapping ? MapReader.keys(mapping) : Set.of();
  }

  public @Nullable String choice(List<String> words) {
    String text = text(String.join(" or ", words));
    if (text == null || words.contains(text)) {
      return text;
    }
    wrong("`" + name + "` cannot be " + quoted(text) + "; " + Nearest.advice(text, words, ""));
    return null;
  }

  /// The entries of a list, or the value itself where one is written without a list.
  public List<Value> list() {
    return node instanceof SequenceNode sequence
        ? sequence.getValue().stream()
            .map(entry -> new Value(name, entry, entry, problems))
            .toList()
        : List.of(this);
  }

  /// The entries of a map whose keys the operator chooses.
  public List<Value> entries(String wanted) {
    if (node instanceof MappingNode mapping) {
      return MapReader.entries(mapping, problems);
    }
    unwanted(wanted);
    return List.of();
  }

  /// What `read` makes of a map whose keys are known; those it did not ask for are unknown keys.
  public <T> @Nullable T map(String wanted, Function<MapReader, @Nullable T> read) {
    if (node instanceof MappingNode mapping) {
      MapReader map = new MapReader(this, MapReader.entries(mapping, problems));
      T result = read.apply(map);
      map.finish();
      return result;
    }
    unwanted(wanted);
    return null;
  }

  /// It is not even of the kind that is wanted.
  public void unwanted(String wanted) {
    String is =
        switch (node.getNodeType()) {
          case MAPPING -> "is a map";
          case SEQUENCE -> "is a list";
          case SCALAR, ANCHOR ->
              node instanceof ScalarNode scalar && !isNull()
                  ? "cannot be " + quoted(scalar.getValue())
                  : "has no value";
        };
    wrong("`" + name + "` " + is + "; write " + wanted);
  }

  public static String quoted(String text) {
    return "`" + (text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text) + "`";
  }

  private static String notAName(String text) {
    return quoted(text) + " is not a name; write letters, digits, `.`, `_` and `-`";
  }
}
