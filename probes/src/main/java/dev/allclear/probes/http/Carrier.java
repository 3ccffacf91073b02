package dev.allclear.probes.http;

import dev.allclear.probes.wire.Wire;

/// Who carries requests instead of OkHttp.
public sealed interface Carrier {

  /// The wire, over a new connection for each.
  record Fresh(Wire wire) implements Carrier {}

  /// A connection that is there.
  record Over(Held held) implements Carrier {}
}
