package dev.allclear.probes.wire;

import java.net.ProtocolException;

/// An answer is larger than is read of one; the message says for people what of it.
public final class HttpBreach extends ProtocolException {
  HttpBreach(String message) {
    super(message);
  }
}
