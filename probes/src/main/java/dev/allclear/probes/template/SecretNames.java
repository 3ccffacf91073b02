package dev.allclear.probes.template;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The names of headers, cookies, parameters and fields whose values are not shown. Case and
/// punctuation do not matter: `X-API-Key` is `x_api_key`.
final class SecretNames {

  /// What no longer name is kept for.
  static final int LONGEST = 128;

  private static final Set<String> WHOLE =
      Set.of("pass", "pwd", "pin", "otp", "totp", "jwt", "cookie", "setcookie", "assertion");

  /// Words too common elsewhere: `code` is what an OAuth server sends back, but also the number of
  /// an error.
  private static final Set<String> PARAMETERS =
      Set.of("code", "key", "auth", "session", "sid", "sig", "signature");

  private static final Set<String> PARTS =
      Set.of(
          "password",
          "passwd",
          "passphrase",
          "secret",
          "csrf",
          "xsrf",
          "apikey",
          "accesskey",
          "privatekey",
          "authorization",
          "credential",
          "sessionid",
          "sessid",
          "samlresponse",
          "amzsignature");

  private static final String TOKEN = "token";

  private final Set<String> redacted;

  SecretNames(Collection<String> redact) {
    redacted = redact.stream().map(SecretNames::plain).collect(Collectors.toUnmodifiableSet());
  }

  boolean contains(String name) {
    if (name.isEmpty()) {
      return false;
    }
    String plain = plain(name);
    String last = last(name);
    return redacted.contains(plain)
        || redacted.contains(last)
        || WHOLE.contains(last)
        || plain.endsWith(TOKEN)
        || PARTS.stream().anyMatch(plain::contains);
  }

  /// The same for the parameters of a query or form.
  boolean containsParameter(String name) {
    return contains(name) || PARAMETERS.contains(plain(name));
  }

  /// `pin` in `user[pin]`, `card.pin` and `card:pin`.
  private static String last(String name) {
    int end = name.endsWith("]") ? name.length() - 1 : name.length();
    int begin = end;
    while (begin > 0 && "[.:".indexOf(name.charAt(begin - 1)) < 0) {
      begin--;
    }
    return plain(name.substring(begin, end));
  }

  private static String plain(String name) {
    StringBuilder plain = new StringBuilder();
    name.chars().filter(Character::isLetterOrDigit).forEach(c -> plain.append((char) c));
    return plain.toString().toLowerCase(Locale.ROOT);
  }
}
