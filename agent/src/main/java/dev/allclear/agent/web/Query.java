package dev.allclear.agent.web;

import io.vertx.core.MultiMap;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The parameters of a request. One that is unknown, given twice or not understood is a
/// [BadRequest].
record Query(MultiMap parameters) {

  /// The same, with no other parameters than these.
  Query allowing(List<String> names) {
    for (String name : parameters.names()) {
      if (!names.contains(name)) {
        throw new BadRequest("unknown parameter `" + name + "`", choice(names));
      }
      if (parameters.getAll(name).size() > 1) {
        throw new BadRequest("`" + name + "` is given twice", "it once");
      }
    }
    return this;
  }

  Optional<String> oneOf(String name, Collection<String> values) {
    Optional<String> value = Optional.ofNullable(parameters.get(name));
    value
        .filter(given -> !values.contains(given))
        .ifPresent(given -> {
          throw new BadRequest("unknown " + name + " `" + given + "`", choice(values));
        });
    return value;
  }

  /// A whole number from 1 to `most`.
  int count(String name, int otherwise, int most) {
    String value = parameters.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int count = Integer.parseInt(value);
      if (count >= 1 && count <= most) {
        return count;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new BadRequest("bad " + name + " `" + value + "`", "a whole number from 1 to " + most);
  }

  /// `a, b or c`.
  private static String choice(Collection<String> values) {
    List<String> all = List.copyOf(values);
    return switch (all.size()) {
      case 0 -> "nothing, there is none yet";
      case 1 -> all.getFirst();
      default -> String.join(", ", all.subList(0, all.size() - 1)) + " or " + all.getLast();
    };
  }
}
