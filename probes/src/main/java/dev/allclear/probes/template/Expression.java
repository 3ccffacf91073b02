package dev.allclear.probes.template;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What a template is made of.
sealed interface Expression {

  record Text(String text) implements Expression {}

  /// A value known when the config was read and not to be shown: `env:…`.
  record Environment(String value) implements Expression {}

  /// What a file holds when the run begins; not to be shown.
  record Content(Path file) implements Expression {}

  record Variable(String name) implements Expression {}

  /// `random` is true if it takes something from chance.
  record Call(Operation operation, List<Expression> texts, boolean random) implements Expression {
    public Call {
      texts = List.copyOf(texts);
    }

    public Call(Operation operation, List<Expression> texts) {
      this(operation, texts, false);
    }

    static Call random(Operation operation, List<Expression> texts) {
      return new Call(operation, texts, true);
    }
  }

  record Joined(List<Expression> parts) implements Expression {
    public Joined {
      parts = List.copyOf(parts);
    }
  }

  /// It, and all it is made of.
  default Stream<Expression> all() {
    return Stream.concat(Stream.of(this), parts().stream().flatMap(Expression::all));
  }

  private List<Expression> parts() {
    return switch (this) {
      case Call(Operation _, List<Expression> texts, boolean _) -> texts;
      case Joined(List<Expression> parts) -> parts;
      case Text _, Environment _, Content _, Variable _ -> List.of();
    };
  }
}
