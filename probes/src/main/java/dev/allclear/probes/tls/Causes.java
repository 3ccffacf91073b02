package dev.allclear.probes.tls;

import java.util.Objects;
import java.util.stream.Stream;

/// An exception and what lies beneath it.
public final class Causes {
  private Causes() {}

  /// It and its causes.
  public static Stream<Throwable> chain(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(10);
  }

  /// The message at the root, where what the operating system said stands.
  public static String reason(Throwable failure) {
    Throwable root = chain(failure).reduce((_, later) -> later).orElse(failure);
    String message = root.getMessage();
    return message == null || message.isBlank() ? root.getClass().getSimpleName() : message;
  }
}
