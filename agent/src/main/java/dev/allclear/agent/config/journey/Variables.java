package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.Nearest;
import dev.allclear.agent.yaml.Value;
import dev.allclear.agent.yaml.WebUrl;
import dev.allclear.probes.template.Template;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the steps of a journey captured so far, and the templates that may use it.
public final class Variables {
  private static final String URL = "a URL, as https://shop.example/healthz";

  private final Function<String, @Nullable String> environment;
  private final Set<String> captured = new TreeSet<>();
  private boolean incomplete;

  public Variables(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  void add(String name) {
    captured.add(name);
  }

  /// What the steps of a group captured, but not what they were given.
  void learn(Variables group, Set<String> parameters) {
    group.captured.stream().filter(name -> !parameters.contains(name)).forEach(captured::add);
    incomplete |= group.incomplete;
  }

  /// Some capture could not be read: from here on any name may have been meant by it.
  void lose() {
    incomplete = true;
  }

  @Nullable Template text(Value value) {
    return template(value, "", "text");
  }

  /// A template that makes a URL; one that begins with a variable is known only when it runs.
  public @Nullable Template url(Value value) {
    Template template = template(value, "", URL);
    if (template == null || template.toString().startsWith("${")) {
      return template;
    }
    return value.parsed(URL, _ -> checkUrl(template));
  }

  /// A header's value, which is one line, after a prefix of our own.
  @Nullable Template header(Value value, String prefix) {
    Template template = template(value, prefix, "one line of text");
    if (template != null && template.render(_ -> "1").matches("(?s).*\\p{Cntrl}.*")) {
      value.wrong("a header is one line; write it without line breaks and control characters");
    }
    return template;
  }

  private @Nullable Template template(Value value, String prefix, String wanted) {
    Template template = value.parsed(wanted, text -> Template.parse(prefix + text, environment));
    if (template != null && !incomplete) {
      new TreeSet<>(template.variables()).forEach(name -> check(name, value));
    }
    return template;
  }

  private void check(String name, Value value) {
    if (!captured.contains(name)) {
      value.wrong(
          "no earlier step captures %s; %s"
              .formatted(
                  Value.quoted(name),
                  Nearest.advice(name, captured, "write `capture` in an earlier step")));
    }
  }

  private static Template checkUrl(Template template) {
    WebUrl.parse(template.render(_ -> "1"));
    return template;
  }
}
