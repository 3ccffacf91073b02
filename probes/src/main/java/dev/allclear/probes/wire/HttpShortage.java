package dev.allclear.probes.wire;

import java.io.IOException;

/// The agent's own trouble, which tells nothing about the target: there are too many large answers
/// at once for its memory.
public final class HttpShortage extends IOException {
  HttpShortage() {
    super("too many large answers at once for its memory");
  }
}
