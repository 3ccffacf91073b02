package dev.allclear.probes.dns;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xbill.DNS.ClientSubnetOption;

/// A network of clients, for which a nameserver may have an answer of its own (RFC 7871).
public record Subnet(InetAddress network, int prefix) {
  private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f.:]+)/(\\d{1,3})");

  /// Written as `203.0.113.0/24` or `2001:db8::/48`.
  ///
  /// @throws IllegalArgumentException that says what to write instead
  public static Subnet parse(String text) {
    Matcher parts = FORM.matcher(text);
    InetAddress address = parts.matches() ? Literal.parse(parts.group(1)) : null;
    int prefix = address == null ? 0 : Integer.parseInt(parts.group(2));
    if (address == null || prefix > bits(address)) {
      throw new IllegalArgumentException(
          "`" + text + "` is not a client subnet; write one, as 203.0.113.0/24 or 2001:db8::/48");
    }
    Subnet subnet = around(address, prefix);
    if (!subnet.network.equals(address)) {
      throw new IllegalArgumentException(
          "`%s` names a host in its subnet; write %s".formatted(text, subnet));
    }
    return subnet;
  }

  /// The one that holds an address.
  static Subnet around(InetAddress address, int prefix) {
    return new Subnet(first(address, prefix), prefix);
  }

  private static int bits(InetAddress address) {
    return address.getAddress().length * 8;
  }

  /// With no bit set beyond the prefix, as the option demands (RFC 7871, 6).
  private static InetAddress first(InetAddress address, int prefix) {
    byte[] octets = address.getAddress();
    for (int bit = prefix; bit < octets.length * 8; bit++) {
      octets[bit / 8] &= (byte) ~(0x80 >> bit % 8);
    }
    return Literal.of(octets);
  }

  ClientSubnetOption option() {
    return new ClientSubnetOption(prefix, network);
  }

  @Override
  public String toString() {
    return Literal.show(network) + "/" + prefix;
  }
}
