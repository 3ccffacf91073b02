package dev.allclear.probes.http;

import dev.allclear.probes.Addresses;
import org.jspecify.annotations.Nullable;

/// How a request gets to where it goes. Where `addresses` is null the client's own say where a host
/// leads; `target` leads every connection elsewhere, while Host and SNI stay the URL's.
public record Link(
    Http http,
    Redirects redirects,
    @Nullable Tls tls,
    @Nullable HttpProxy proxy,
    @Nullable Target target,
    @Nullable Addresses addresses) {

  /// Whatever is negotiated, straight to where the host leads; redirects are answers of their own.
  public static final Link DEFAULT =
      new Link(Http.NEGOTIATED, Redirects.NONE, null, null, null, null);

  /// The protocol to speak. Without TLS nothing can be negotiated: `TWO` then fails, and
  /// `CLEARTEXT_TWO` speaks HTTP/2 by prior knowledge (RFC 9113 section 3.3).
  public enum Http {
    NEGOTIATED,
    ONE,
    TWO,
    CLEARTEXT_TWO;

    /// True if an older protocol is a failure.
    boolean demandsTwo() {
      return this == TWO || this == CLEARTEXT_TWO;
    }
  }

  /// True if nothing of it is only OkHttp's to do.
  public boolean suitsTheWire() {
    return proxy == null && redirects.most() == 0 && http != Http.TWO;
  }

  public Link speaking(Http chosen) {
    return new Link(chosen, redirects, tls, proxy, target, addresses);
  }

  public Link following(Redirects chosen) {
    return new Link(http, chosen, tls, proxy, target, addresses);
  }

  public Link secured(@Nullable Tls chosen) {
    return new Link(http, redirects, chosen, proxy, target, addresses);
  }

  public Link through(@Nullable HttpProxy chosen) {
    return new Link(http, redirects, tls, chosen, target, addresses);
  }

  public Link to(@Nullable Target chosen) {
    return new Link(http, redirects, tls, proxy, chosen, addresses);
  }

  public Link resolving(@Nullable Addresses chosen) {
    return new Link(http, redirects, tls, proxy, target, chosen);
  }

  /// For a WebSocket: only HTTP/1.1 can turn into one as of RFC 6455.
  public Link upgradable() {
    return speaking(Http.ONE);
  }

  /// The way to another service than the link's, as one that gives tokens: through the same proxy,
  /// trusting the same authorities, but led nowhere else.
  public Link elsewhere() {
    Tls trusted = tls == null ? null : tls.elsewhere();
    return new Link(Http.NEGOTIATED, Redirects.NONE, trusted, proxy, null, addresses);
  }
}
