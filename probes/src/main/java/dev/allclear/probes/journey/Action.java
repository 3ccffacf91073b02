package dev.allclear.probes.journey;

import dev.allclear.probes.template.Template;
import java.util.stream.Stream;

/// What a step does.
public sealed interface Action {

  /// One request.
  record Http(String method, Head head, Body body) implements Action {}

  static Action get(Template url) {
    return new Http("GET", Head.of(url), Body.none());
  }

  Head head();

  /// Where it goes.
  default Template url() {
    return head().url();
  }

  /// All templates in it.
  default Stream<Template> templates() {
    return switch (this) {
      case Http(String _, Head head, Body body) ->
          Stream.concat(head.templates(), body.templates());
    };
  }
}
