package dev.allclear.probes.template;

import dev.allclear.probes.template.Expression.Call;
import dev.allclear.probes.template.Expression.Content;
import dev.allclear.probes.template.Expression.Environment;
import dev.allclear.probes.template.Expression.Joined;
import dev.allclear.probes.template.Expression.Text;
import dev.allclear.probes.template.Expression.Variable;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Text with `${…}` in it, parsed once.
public final class Template {

  private final String written;
  private final Joined content;
  private final Set<String> variables;
  private final List<String> secrets;
  private final List<Path> files;
  private final boolean random;

  private Template(String written, Joined content) {
    this.written = written;
    this.content = content;
    variables = content.all().flatMap(Template::variable).collect(Collectors.toUnmodifiableSet());
    secrets = content.all().flatMap(Template::secret).toList();
    files = content.all().flatMap(Template::file).toList();
    random = content.all().anyMatch(part -> part instanceof Call call && call.random());
  }

  public static Template literal(String text) {
    return new Template(text, new Joined(List.of(new Text(text))));
  }

  /// Reads `${variable}`, `${env:NAME}` (its value is put in at once), `${file:PATH}` (read at
  /// every run), `${function(…)}`, and `$${` for a literal `${`. Any other `$` stands for itself.
  ///
  /// @throws UnknownWord if there is no such function, or no such word in one of its arguments
  /// @throws IllegalArgumentException with what is wrong and what to write instead
  public static Template parse(String text, Surroundings surroundings) {
    return new Template(text, new Joined(new TemplateReader(text, surroundings).parts()));
  }

  /// With files from the working directory.
  public static Template parse(String text, Function<String, @Nullable String> environment) {
    return parse(text, new Surroundings(environment, Path.of("")));
  }

  /// The names of variables that have to be known before this can be rendered.
  public Set<String> variables() {
    return variables;
  }

  /// True if chance decides some of it.
  public boolean isRandom() {
    return random;
  }

  /// True if every rendering begins so, whatever a run brings.
  public boolean beginsWith(String prefix) {
    String known =
        content.parts().stream()
            .takeWhile(Template::isKnown)
            .map(part -> sample(part, ""))
            .collect(Collectors.joining());
    return known.regionMatches(true, 0, prefix, 0, prefix.length());
  }

  /// True if what comes first is known only when it runs.
  public boolean beginsUnknown() {
    return !content.parts().isEmpty() && !isKnown(content.parts().getFirst());
  }

  /// What it may look like, with `stand-in` for each part that is known only when it runs. Not to
  /// be shown: it holds the values of environment variables.
  public String sample(String standIn) {
    return content.parts().stream()
        .map(part -> sample(part, standIn))
        .collect(Collectors.joining());
  }

  Joined content() {
    return content;
  }

  /// The values of environment variables in it.
  List<String> secrets() {
    return secrets;
  }

  List<Path> files() {
    return files;
  }

  /// As written: what may be shown.
  @Override
  public String toString() {
    return written;
  }

  private static Stream<String> variable(Expression part) {
    return part instanceof Variable(String name) ? Stream.of(name) : Stream.empty();
  }

  private static Stream<String> secret(Expression part) {
    return part instanceof Environment(String value) ? Stream.of(value) : Stream.empty();
  }

  private static Stream<Path> file(Expression part) {
    return part instanceof Content(Path file) ? Stream.of(file) : Stream.empty();
  }

  private static boolean isKnown(Expression part) {
    return part instanceof Text || part instanceof Environment;
  }

  private static String sample(Expression part, String standIn) {
    return switch (part) {
      case Text(String text) -> text;
      case Environment(String value) -> value;
      case Content _, Variable _, Call _, Joined _ -> standIn;
    };
  }
}
