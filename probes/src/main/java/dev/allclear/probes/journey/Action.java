package dev.allclear.probes.journey;

import dev.allclear.probes.template.Template;
import java.util.List;
import java.util.stream.Stream;

/// What a step does.
public sealed interface Action {

  /// One request.
  record Http(String method, Head head, Body body) implements Action {}

  /// A WebSocket: connects, sends the messages, and waits for one of which all that is expected
  /// holds. If nothing is expected of a message, it is enough that it opens.
  record Socket(Head head, List<Template> messages) implements Action {
    public Socket {
      messages = List.copyOf(messages);
    }
  }

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
      case Socket(Head head, List<Template> messages) ->
          Stream.concat(head.templates(), messages.stream());
    };
  }
}
