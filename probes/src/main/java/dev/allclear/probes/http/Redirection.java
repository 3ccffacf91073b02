package dev.allclear.probes.http;

import dev.allclear.probes.template.Mask;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// Where the answers to one request lead, as a browser would go (RFC 9110 section 15.4).
final class Redirection {

  private final Redirects redirects;
  private final Mask mask;
  private final Set<HttpUrl> visited = new HashSet<>();
  private int followed;

  /// `mask` tells which headers are credentials.
  Redirection(Redirects redirects, Mask mask) {
    this.redirects = redirects;
    this.mask = mask;
  }

  /// The request to send next, or null if the answer is the last.
  ///
  /// @throws Breach if it leads where no client should go
  @Nullable Request after(Request sent, Response head) throws Breach {
    String location = head.header("Location");
    if (redirects.most() == 0 || location == null || !isRedirect(head.code())) {
      return null;
    }
    HttpUrl next = sent.url().resolve(location);
    if (next == null) {
      throw new Breach(
          "status %d leads to no http or https URL: %s".formatted(head.code(), location));
    }
    visited.add(sent.url());
    check(sent.url(), next);
    followed++;
    return request(sent, head.code(), next);
  }

  private static boolean isRedirect(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  private void check(HttpUrl from, HttpUrl next) throws Breach {
    if (from.isHttps() && !next.isHttps() && !redirects.downgrade()) {
      throw new Breach("redirected from https to unencrypted " + shown(next));
    }
    // A page may well lead back to itself once, after it has set a cookie.
    if (followed == redirects.most()) {
      throw new Breach(
          visited.contains(next)
              ? "redirected in a loop: after %d redirects again to %s"
                  .formatted(followed, shown(next))
              : "redirected more than %s, then to %s".formatted(times(followed), shown(next)));
    }
  }

  private static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }

  private Request request(Request sent, int status, HttpUrl next) {
    Request.Builder request = sent.newBuilder().url(next);
    if (becomesGet(status, sent.method())) {
      request.method(sent.method().equals("HEAD") ? "HEAD" : "GET", null);
      for (String name : sent.headers().names()) {
        if (name.toLowerCase(Locale.ROOT).startsWith("content-")) {
          request.removeHeader(name);
        }
      }
      request.removeHeader("Transfer-Encoding");
    }
    if (!isSameOrigin(sent.url(), next)) {
      request.removeHeader("Host");
      sent.headers().names().stream().filter(mask::hides).forEach(request::removeHeader);
    }
    return request.build();
  }

  /// For 301 and 302 every browser does so (RFC 9110 section 15.4.2, note).
  private static boolean becomesGet(int status, String method) {
    return switch (status) {
      case 301, 302 -> method.equals("POST");
      case 303 -> true;
      default -> false;
    };
  }

  private static boolean isSameOrigin(HttpUrl a, HttpUrl b) {
    return a.scheme().equals(b.scheme()) && a.host().equals(b.host()) && a.port() == b.port();
  }

  /// Without user and password.
  static String shown(HttpUrl url) {
    return url.newBuilder().username("").password("").build().toString();
  }
}
