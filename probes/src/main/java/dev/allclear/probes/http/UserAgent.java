package dev.allclear.probes.http;

/// What requests say of who asks, unless the step says something else: `allclear/VERSION`.
final class UserAgent {
  static final String HEADER = "User-Agent";
  static final String TEXT = "allclear/" + version();

  private UserAgent() {}

  /// As the jar's manifest has it; `development` when run from classes instead of a jar.
  private static String version() {
    String version = UserAgent.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
