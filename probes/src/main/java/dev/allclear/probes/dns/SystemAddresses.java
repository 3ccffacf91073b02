package dev.allclear.probes.dns;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Host names as this machine is set up to resolve them. A resolver that fails is followed by the
/// next; one that denies the name is believed.
record SystemAddresses(Path hosts, Path resolvConf, int port, Wire wire) implements Addresses {
  @Override
  public List<InetAddress> of(String host) throws UnknownHostException {
    List<InetAddress> known = DnsAddresses.known(host);
    List<InetAddress> local = known.isEmpty() ? inHosts(host) : known;
    return local.isEmpty() ? resolve(host) : local;
  }

  private List<InetAddress> resolve(String host) throws UnknownHostException {
    UnknownHostException reason = new UnknownHostException("no resolver for " + host);
    for (Server server : resolvers()) {
      try {
        return new DnsAddresses(server, wire).of(host);
      } catch (DnsAddresses.NoSuchHost denied) {
        throw denied;
      } catch (UnknownHostException failed) {
        reason = failed;
      }
      if (Thread.currentThread().isInterrupted()) {
        break;
      }
    }
    throw reason;
  }

  private List<InetAddress> inHosts(String host) throws UnknownHostException {
    return fields(hosts).stream()
        .filter(line -> line.stream().skip(1).anyMatch(host::equalsIgnoreCase))
        .map(line -> Literal.parse(line.getFirst()))
        .filter(Objects::nonNull)
        .toList();
  }

  /// Without any, the one on this machine (resolv.conf(5)).
  List<Server> resolvers() throws UnknownHostException {
    List<Server> named =
        fields(resolvConf).stream()
            .filter(line -> line.getFirst().equals("nameserver") && line.size() > 1)
            .map(line -> Literal.parse(line.get(1)))
            .filter(Objects::nonNull)
            .map(this::server)
            .toList();
    return named.isEmpty() ? List.of(server(InetAddress.getLoopbackAddress())) : named;
  }

  private Server server(InetAddress address) {
    InetSocketAddress endpoint = new InetSocketAddress(address, port);
    return new Server(Literal.show(endpoint), endpoint, Server.Transport.UDP, false);
  }

  /// The words of each line that has any, without comments.
  private static List<List<String>> fields(Path file) throws UnknownHostException {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
          .map(line -> line.replaceFirst("[#;].*", "").strip())
          .filter(line -> !line.isEmpty())
          .map(line -> Arrays.asList(line.split("\\s+")))
          .toList();
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw new UnknownHostException("cannot read " + file + ": " + e.getMessage());
    }
  }
}
