package dev.allclear.probes.dns;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.wire.Route;
import dev.allclear.probes.wire.Trust;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A nameserver to ask: an authority, which knows, or a resolver, which remembers. Its address is
/// resolved unless `secured` is named by a host, which then is looked up each time. With a `subnet`
/// it is asked what it would say to clients there.
public record Server(
    String name,
    InetSocketAddress address,
    Transport transport,
    boolean authority,
    @Nullable Secured secured,
    @Nullable Subnet subnet) {
  static final int DNS_PORT = 53;
  private static final String AT = " at ";

  /// How to reach it.
  public enum Transport {
    UDP,
    TCP,
    TLS,
    HTTPS
  }

  /// In the clear.
  public Server(String name, InetSocketAddress address, Transport transport, boolean authority) {
    this(name, address, transport, authority, null, null);
  }

  /// One address of an authority that was found by name.
  static Server authorityAt(String host, InetSocketAddress address) {
    String name = host + AT + Literal.show(address.getAddress());
    return new Server(name, address, Transport.UDP, true);
  }

  /// A resolver, written as `9.9.9.9`, `127.0.0.1:5301`, `[2001:db8::1]:53` or with `udp://` or
  /// `tcp://` before it, as `tls://dns.example` or `https://dns.example/dns-query`.
  ///
  /// @throws IllegalArgumentException that says what to write instead
  public static Server parse(String name, String text) {
    return ServerText.parse(name, text);
  }

  /// The same, asked as one that knows.
  public Server asAuthority() {
    return new Server(name, address, transport, true, secured, subnet);
  }

  /// The same at an address that needs no lookup.
  public Server connectingTo(InetAddress chosen) {
    InetSocketAddress there = new InetSocketAddress(chosen, address.getPort());
    return new Server(name, there, transport, authority, secured, subnet);
  }

  /// The same, but verified: by the authorities in a file of PEM instead of the system's, and for
  /// another name; either may be null.
  ///
  /// @throws IllegalArgumentException with what is wrong with the file
  public Server verified(@Nullable Path authorities, @Nullable String as) {
    Secured old = Objects.requireNonNull(secured, "not secured");
    String wanted = as == null ? old.trust().name() : as;
    Trust trust = authorities == null ? Trust.system(wanted) : Trust.only(authorities, wanted);
    Secured now = new Secured(trust, old.host(), old.path(), old.method());
    return new Server(name, address, transport, authority, now, subnet);
  }

  /// The same, but asked by this method; only HTTPS has one.
  public Server asking(Route.Method method) {
    Secured old = required();
    Secured now = new Secured(old.trust(), old.host(), old.path(), method);
    return new Server(name, address, transport, authority, now, subnet);
  }

  /// The same, asked as a client of that network would be answered (RFC 7871).
  public Server seenFrom(Subnet clients) {
    return new Server(name, address, transport, authority, secured, clients);
  }

  public boolean isSecured() {
    return secured != null;
  }

  /// To ask both would be to ask one twice.
  public boolean isAt(Server other) {
    return address.equals(other.address)
        && transport == other.transport
        && path().equals(other.path())
        && Objects.equals(subnet, other.subnet);
  }

  private String path() {
    return secured == null ? "" : secured.path();
  }

  /// The way to it now.
  ///
  /// @throws UnknownHostException if its host has no address, with the reason
  Route route(Addresses hosts) throws UnknownHostException {
    InetSocketAddress there =
        address.isUnresolved()
            ? new InetSocketAddress(hosts.of(address.getHostString()).getFirst(), address.getPort())
            : address;
    return switch (transport) {
      case UDP -> new Route.Udp(there);
      case TCP -> new Route.Tcp(there);
      case TLS -> new Route.Tls(there, required().trust());
      case HTTPS ->
          new Route.Https(
              there, required().trust(), required().host(), path(), required().method());
    };
  }

  /// The same at the address that its host has now, so that it is looked up once and not for each
  /// question; unchanged if it has none, as each question then says.
  public Server located(Addresses hosts) {
    try {
      return address.isUnresolved()
          ? connectingTo(hosts.of(address.getHostString()).getFirst())
          : this;
    } catch (UnknownHostException _) {
      return this;
    }
  }

  private String bare() {
    return address.isUnresolved() ? address.getHostString() : Literal.show(address.getAddress());
  }

  private Secured required() {
    return Objects.requireNonNull(secured, "not secured");
  }

  /// As in messages: `office (192.0.2.53:53)` or `office (tls://dns.example:853)`.
  @Override
  public String toString() {
    String shown =
        switch (transport) {
          case UDP, TCP -> Literal.show(address);
          case TLS -> "tls://" + required().host();
          case HTTPS -> "https://" + required().host() + path();
        };
    boolean said = name.equals(shown) || name.endsWith(AT + bare());
    return said ? name : name + " (" + shown + ")";
  }
}
