package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.Nearest;
import dev.allclear.agent.yaml.Value;
import dev.allclear.agent.yaml.WebUrl;
import dev.allclear.probes.template.Surroundings;
import dev.allclear.probes.template.Template;
import dev.allclear.probes.template.UnknownWord;
import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a journey set and its steps captured so far, and the templates that may use it.
public final class Variables {
  private static final String URL = "a URL, as https://shop.example/healthz";
  private static final String SOCKET_URL = "a URL, as wss://shop.example/live";

  private final Surroundings surroundings;
  private final Set<String> set = new TreeSet<>();
  private final Set<String> captured = new TreeSet<>();
  private @Nullable String base;
  private boolean incomplete;

  public Variables(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// What URLs that are only a path begin with.
  void base(@Nullable String text) {
    base = text;
  }

  @Nullable String base() {
    return base;
  }

  void add(String name) {
    captured.add(name);
  }

  /// A variable that the journey sets at its start, which groups see, too.
  void set(String name) {
    set.add(name);
    captured.add(name);
  }

  /// What the steps of a group know before they are given anything.
  Variables inside() {
    Variables inside = new Variables(surroundings);
    inside.base = base;
    inside.incomplete = incomplete;
    set.forEach(inside::set);
    return inside;
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
    return url(value, URL, base, WebUrl::parse);
  }

  /// A template that makes the URL of a WebSocket.
  @Nullable Template socketUrl(Value value) {
    String socketBase = base == null ? null : base.replaceFirst("^http", "ws");
    return url(value, SOCKET_URL, socketBase, WebUrl::parseSocket);
  }

  private @Nullable Template url(
      Value value, String wanted, @Nullable String base, Function<String, URI> parse) {
    boolean path = value.kind() == Value.Kind.TEXT && "/".equals(beginning(value));
    if (path && base == null) {
      value.wrong("a path needs a host; write `base: https://shop.example` in the journey");
      return null;
    }
    Template template = template(value, path && base != null ? base : "", wanted);
    if (template == null || template.beginsUnknown()) {
      return template;
    }
    URI url = value.parsed(wanted, _ -> parse.apply(template.sample("1")));
    return url == null ? null : template;
  }

  private static @Nullable String beginning(Value value) {
    String text = value.text(URL);
    return text == null ? null : text.substring(0, Math.min(1, text.length()));
  }

  /// A header's value, which is one line, after a prefix of our own.
  @Nullable Template header(Value value, String prefix) {
    Template template = template(value, prefix, "one line of text");
    if (template != null && template.sample("1").matches("(?s).*\\p{Cntrl}.*")) {
      value.wrong("a header is one line; write it without line breaks and control characters");
    }
    return template;
  }

  private @Nullable Template template(Value value, String prefix, String wanted) {
    Template template = value.parsed(wanted, text -> parse(prefix + text));
    if (template != null) {
      use(template.variables(), value);
    }
    return template;
  }

  /// These names stand in something that is no template.
  void use(Set<String> names, Value value) {
    if (!incomplete) {
      new TreeSet<>(names).forEach(name -> check(name, value));
    }
  }

  private Template parse(String text) {
    try {
      return Template.parse(text, surroundings);
    } catch (UnknownWord e) {
      throw new IllegalArgumentException(
          e.getMessage() + "; " + Nearest.advice(e.word(), e.known(), ""), e);
    }
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
}
