package dev.allclear.probes.http;

import java.nio.charset.StandardCharsets;
import okhttp3.Credentials;

/// Who asks, and how it is proved.
public record Login(String user, String password) {

  /// What RFC 7617 makes of it, in UTF-8.
  public String basic() {
    return Credentials.basic(user, password, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return user + ":***";
  }
}
