package dev.allclear.agent.demo;

import java.io.Closeable;
import java.io.IOException;

/// The nameserver that knows where the shop is, and the resolvers that remember: the shop is in the
/// west at first. Any thread.
sealed interface Names extends Closeable permits OwnNames, RealNames {
  /// The port of the nameserver.
  int authority();

  /// The port of a resolver.
  int port(Manners manners);

  /// Where the nameserver says that the shop is.
  Region published();

  /// What a resolver would answer now, as far as that is known.
  Region shown(Manners manners);

  void move(Region to) throws IOException;

  /// Records the changes that time alone has brought about.
  void settle();
}
