package dev.allclear.probes.template;

import dev.allclear.probes.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the steps of one run know so far: variables, and what templates take from files, the clock
/// and chance. All secrets in what it renders, and all that is computed of them, are masked from
/// then on. Any thread.
public final class Values {

  private final Clock clock;
  private final RandomGenerator random;
  private final Mask mask;
  private final Map<String, String> variables = new HashMap<>();
  private final Map<Path, String> contents = new HashMap<>();
  private Map<String, String> bound = Map.of();

  /// Why what could not be read could not.
  private final Map<Path, String> unreadable = new HashMap<>();

  /// Why a variable has no value, where the agent itself had to give it one.
  private final Map<String, String> obstacles = new HashMap<>();

  public Values(Clock clock, RandomGenerator random, Mask mask) {
    this.clock = clock;
    this.random = random;
    this.mask = mask;
  }

  /// Reads the files that the templates name, and masks what is secret in them.
  public synchronized void read(Stream<Template> templates) {
    templates.forEach(template -> {
      template.secrets().forEach(mask::hide);
      template.files().forEach(this::read);
    });
  }

  private void read(Path file) {
    if (contents.containsKey(file) || unreadable.containsKey(file)) {
      return;
    }
    try {
      String content = SecretFile.read(file);
      mask.hide(content);
      contents.put(file, content);
    } catch (IOException e) {
      unreadable.put(file, "cannot read file `%s`: %s".formatted(file, e.getMessage()));
    }
  }

  /// What is known now; what either learns later the other does not.
  public synchronized Values copy() {
    Values copy = new Values(clock, new SplittableRandom(random.nextLong()), mask);
    copy.variables.putAll(variables);
    copy.contents.putAll(contents);
    copy.unreadable.putAll(unreadable);
    copy.obstacles.putAll(obstacles);
    copy.bound = bound;
    return copy;
  }

  /// Empty if nobody captured it.
  public synchronized String get(String name) {
    return bound.getOrDefault(name, variables.getOrDefault(name, ""));
  }

  /// From now on, and until bound anew, these stand before all others.
  public synchronized void bind(Map<String, String> arguments) {
    bound = Map.copyOf(arguments);
  }

  public synchronized void put(String name, String value) {
    obstacles.remove(name);
    variables.put(name, value);
  }

  /// The template with all of its variables, those that are missing being empty.
  ///
  /// @throws IllegalArgumentException if a function is given what it cannot take, as a secret of a
  ///   one-time password that is not base32
  public synchronized String render(Template template) {
    return text(template.content());
  }

  /// Sets a variable at the start of a run.
  public synchronized void define(String name, Template template, boolean secret) {
    String value = evaluate(name, template);
    variables.put(name, secret ? hidden(value) : value);
  }

  /// What the template says now, for the variable; what stands in its way stands in the way of all
  /// that uses the variable.
  public synchronized String evaluate(String name, Template template) {
    String obstacle = obstacle(Stream.of(template));
    String value = "";
    try {
      value = render(template);
    } catch (IllegalArgumentException e) {
      obstacle = "no value for %s: %s".formatted(name, e.getMessage());
    }
    if (obstacle != null) {
      obstacles.put(name, obstacle);
    }
    return value;
  }

  /// All that is known, by name.
  public synchronized Map<String, String> known() {
    Map<String, String> known = new HashMap<>(variables);
    known.putAll(bound);
    return known;
  }

  /// Those of the names that nobody captured.
  public synchronized Set<String> missing(Set<String> names) {
    Set<String> missing = new TreeSet<>(names);
    missing.removeAll(variables.keySet());
    missing.removeAll(obstacles.keySet());
    missing.removeAll(bound.keySet());
    return missing;
  }

  /// Why the templates cannot be rendered, as for want of a file, where that is no fault of the
  /// target's; null if they can.
  public synchronized @Nullable String obstacle(Stream<Template> templates) {
    if (unreadable.isEmpty() && obstacles.isEmpty()) {
      return null;
    }
    return templates
        .flatMap(template ->
            Stream.concat(
                template.files().stream().map(unreadable::get),
                template.variables().stream().map(obstacles::get)))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private String text(Expression expression) {
    return switch (expression) {
      case Expression.Text(String text) -> text;
      case Expression.Environment(String value) -> hidden(value);
      case Expression.Content(Path file) -> hidden(contents.getOrDefault(file, ""));
      case Expression.Variable(String name) -> get(name);
      case Expression.Joined(List<Expression> parts) when parts.size() == 1 ->
          text(parts.getFirst());
      case Expression.Joined(List<Expression> parts) ->
          parts.stream().map(this::text).collect(Collectors.joining());
      case Expression.Call(Operation operation, List<Expression> parts, boolean _) ->
          result(operation, parts.stream().map(this::text).toList());
    };
  }

  /// What is computed of a secret is one.
  private String result(Operation operation, List<String> texts) {
    String result = operation.apply(texts, clock.now().wall(), random);
    return texts.stream().allMatch(mask::isFit) ? result : hidden(result);
  }

  private String hidden(String secret) {
    mask.hide(secret);
    return secret;
  }
}
