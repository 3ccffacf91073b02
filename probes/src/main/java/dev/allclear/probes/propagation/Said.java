package dev.allclear.probes.propagation;

/// What one answer says of the awaited change. A negative answer is `OLD` while the awaited name or
/// type is not there; its TTL is that of the SOA it carries (RFC 2308, 5).
public enum Said {
  OLD,
  NEW,

  /// An answer without a value: SERVFAIL, REFUSED and the like.
  FAILED,

  /// No answer within the time-out, which says nothing of the value.
  SILENT;

  boolean value() {
    return this == OLD || this == NEW;
  }
}
