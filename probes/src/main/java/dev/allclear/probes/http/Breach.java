package dev.allclear.probes.http;

import java.net.ProtocolException;

/// The server did not keep to the rules; the message says for people which one.
final class Breach extends ProtocolException {
  Breach(String message) {
    super(message);
  }
}
