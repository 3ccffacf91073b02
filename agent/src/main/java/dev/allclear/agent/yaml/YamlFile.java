package dev.allclear.agent.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// A file as a tree of nodes that know where they stand. What is too large, not UTF-8 or not YAML
/// is a problem.
public final class YamlFile {
  private static final int MOST_BYTES = 1 << 20;

  /// {@link Shape} bounds aliases by what they expand to, {@link MapReader} refuses keys that are
  /// not plain words, with their position.
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setSchema(new CoreSchema())
          .setMaxAliasesForCollections(Integer.MAX_VALUE)
          .setAllowNonScalarKeys(true)
          .build();

  private final Path file;
  private final Problems problems;

  private YamlFile(Path file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /// What `read` makes of the whole file.
  ///
  /// @throws BadConfig with every problem of the file
  public static <T> T read(Path file, Function<Value, @Nullable T> read) throws BadConfig {
    Problems problems = new Problems(file.toString());
    Node root = new YamlFile(file, problems).root();
    T result = root == null ? null : read.apply(new Value("config", root, root, problems));
    problems.throwIfAny();
    return Objects.requireNonNull(result);
  }

  private @Nullable Node root() {
    byte[] bytes = bytes();
    String text = bytes == null ? null : text(bytes);
    return text == null ? null : compose(text);
  }

  private byte @Nullable [] bytes() {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length <= MOST_BYTES) {
        return bytes;
      }
      problems.add(1, 1, "larger than 1 MiB; write less");
    } catch (NoSuchFileException _) {
      problems.add(1, 1, "no such file; write the path of a config file");
    } catch (AccessDeniedException _) {
      problems.add(1, 1, "may not be read; give the agent's user permission to read it");
    } catch (IOException e) {
      problems.add(
          1, 1, "cannot be read (" + e.getMessage() + "); write the path of a config file");
    }
    return null;
  }

  private @Nullable String text(byte[] bytes) {
    CharBuffer decoded = CharBuffer.allocate(bytes.length);
    CoderResult result =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), decoded, true);
    String text = decoded.flip().toString();
    if (result.isError()) {
      addAtEndOf(text, "not UTF-8; save the file in UTF-8");
      return null;
    }
    return text;
  }

  private @Nullable Node compose(String text) {
    try {
      if (!Shape.of(new Parse(SETTINGS).parseString(text), problems)) {
        return null;
      }
      Optional<Node> root = new Compose(SETTINGS).composeString(text);
      if (root.isEmpty()) {
        problems.add(1, 1, "the file is empty; write at least `services`");
      }
      return root.orElse(null);
    } catch (MarkedYamlEngineException e) {
      add(e, text);
    } catch (ReaderException e) {
      int end =
          text.offsetByCodePoints(
              0, Math.min(e.getPosition(), text.codePointCount(0, text.length())));
      addAtEndOf(
          text.substring(0, end),
          "the character U+%04X; remove it, or write it as an escape in double quotes"
              .formatted(e.getCodePoint()));
    } catch (YamlEngineException e) {
      problems.add(1, 1, "not YAML 1.2: " + e.getMessage());
    }
    return null;
  }

  private void add(MarkedYamlEngineException e, String text) {
    int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
    int column = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(1);
    problems.add(line, column, message(e, text.lines().skip(line - 1L).findFirst().orElse("")));
  }

  private static String message(MarkedYamlEngineException e, String line) {
    String problem = e.getProblem();
    if (problem.contains("TAB")) {
      return "a tab cannot indent; write spaces";
    }
    if (problem.contains("another document")) {
      return "a second document; write everything in one, without `---`";
    }
    String where =
        e.getContextMark()
            .map(mark -> ", " + e.getContext() + " that begins in line " + (mark.getLine() + 1))
            .orElse("");
    return "not YAML: "
        + problem.replaceFirst("\\.? \\(Do not use.*", "")
        + where
        + advice(problem, line);
  }

  private static String advice(String problem, String line) {
    if (problem.endsWith("but got {") && line.contains("${")) {
      return "; write \"${…}\" in quotes";
    }
    if (problem.contains("mapping values are not allowed") || problem.contains("<block end>")) {
      return "; indent it as its neighbours, or write the value in quotes";
    }
    boolean special =
        problem.contains("cannot start any token") || problem.contains("undefined alias");
    return special ? "; write the value in quotes" : "; complete it";
  }

  private void addAtEndOf(String before, String message) {
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    String last = before.substring(before.lastIndexOf('\n') + 1);
    problems.add(line, 1 + last.codePointCount(0, last.length()), message);
  }
}
