package dev.allclear.probes.http;

import dev.allclear.probes.Clock;
import dev.allclear.probes.template.Mask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.Response;

/// The cookies of one run, as a browser would keep and send them (RFC 6265 section 5). Their values
/// are secrets, but for short ones, which are settings. Used on the run's thread.
final class Cookies implements CookieJar {

  private static final int SHORTEST_SECRET = 12;

  private final Clock clock;
  private final Mask mask;
  private final List<Cookie> kept = new ArrayList<>();

  Cookies(Clock clock, Mask mask) {
    this.clock = clock;
    this.mask = mask;
  }

  /// What is kept now; what either keeps later the other does not.
  Cookies copy() {
    Cookies copy = new Cookies(clock, mask);
    copy.kept.addAll(kept);
    return copy;
  }

  /// Keeps what an answer sets.
  void received(HttpUrl url, Response head) {
    List<Cookie> set = Cookie.parseAll(url, head.headers());
    if (!set.isEmpty()) {
      saveFromResponse(url, set);
    }
  }

  @Override
  public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
    for (Cookie cookie : cookies) {
      kept.removeIf(old -> isSame(old, cookie));
      kept.add(cookie);
      if (cookie.value().length() >= SHORTEST_SECRET) {
        mask.hide(cookie.value());
      }
    }
  }

  @Override
  public List<Cookie> loadForRequest(HttpUrl url) {
    long now = clock.now().wall().toEpochMilli();
    kept.removeIf(cookie -> cookie.expiresAt() <= now);
    return kept.stream()
        .filter(cookie -> cookie.matches(url))
        .sorted(Comparator.comparingInt((Cookie cookie) -> cookie.path().length()).reversed())
        .toList();
  }

  private static boolean isSame(Cookie a, Cookie b) {
    return a.name().equals(b.name()) && a.domain().equals(b.domain()) && a.path().equals(b.path());
  }
}
