package dev.allclear.agent;

/// The version of this build, as the jar's manifest has it.
public final class Version {
  private Version() {}

  /// `development` when run from classes instead of a jar.
  public static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
