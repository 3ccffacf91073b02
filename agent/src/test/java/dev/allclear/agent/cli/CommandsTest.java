package dev.allclear.agent.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.Version;
import dev.allclear.agent.schema.ConfigSchema;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// What every command does with bad usage and with `--help`.
final class CommandsTest {
  static Set<String> names() {
    return Ran.commands().getSubcommands().keySet();
  }

  @Test
  void asksForACommand() {
    CommandLine commands = Ran.commands();

    assertEquals(new Ran(2, "", "which command? One of:\n" + commands.getUsageMessage()), Ran.of());
  }

  @Test
  void proposesCommandsForOneThatIsUnknown() {
    assertEquals(
        new Ran(
            2,
            "",
            """
            Unmatched argument at index 0: 'incidnts'
            Did you mean: allclear incidents or allclear incident or allclear dns?
            """),
        Ran.of("incidnts"));
  }

  @Test
  void proposesOptionsForOneThatIsUnknown() {
    assertEquals(
        new Ran(
            2,
            "",
            """
            Unknown option: '--outages:1'
            Possible solutions: --outages
            """),
        Ran.of("watch", "http://shop/", "--outages:1"));
  }

  /// The message, and how the command is used.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          watch                         | Missing required parameter: 'URL'
          watch shop.example            | Invalid value for positional parameter at index 0 (URL): the URL does not begin with http:// or https://; write one, as https://shop.example/healthz
          watch http:///healthz         | Invalid value for positional parameter at index 0 (URL): the URL has no host; write one, as https://shop.example/healthz
          watch http://{}/              | Invalid value for positional parameter at index 0 (URL): the URL has `{` in place 8, where it may not stand; write one, as https://shop.example/healthz
          watch http://shop:65536/      | Invalid value for positional parameter at index 0 (URL): the URL has no port from 1 to 65535; write one, as https://shop.example/healthz
          watch http://shop/ --rto 30   | Invalid value for option '--rto': `30` has no unit; write a unit: 30s
          watch http://shop/ --rto 0s   | Invalid value for option '--rto': `0s` is zero; write a positive duration, as 10s
          watch http://shop/ --rto -2m  | Invalid value for option '--rto': `-2m` is negative; write a positive duration, as 10s
          watch http://shop/ --interval 0ms | Invalid value for option '--interval': `0ms` is zero; write a positive duration, as 10s
          watch http://shop/ --timeout 0s | Invalid value for option '--timeout': `0s` is zero; write a positive duration, as 10s
          watch http://shop/ --hold 0s  | Invalid value for option '--hold': `0s` is zero; write a positive duration, as 10s
          watch http://shop/ --for soon | Invalid value for option '--for': `soon` is not a duration; write whole numbers with units (d, h, m, s, ms), as 10s or 1h30m
          watch http://shop/ --passes 0 | Invalid value for option '--passes': `0` is not a number from 1 to 9999; write one, as 3
          watch http://shop/ --passes two | Invalid value for option '--passes': `two` is not a number from 1 to 9999; write one, as 3
          watch http://shop/ --outages 0 | Invalid value for option '--outages': `0` is not a number from 1 to 9999; write one, as 3
          watch http://shop/ --outages -1 | Invalid value for option '--outages': `-1` is not a number from 1 to 9999; write one, as 3
          run --nonsense                | Unknown option: '--nonsense'
          run --listen 9844             | Invalid value for option '--listen': `9844` is not HOST:PORT; write one, as 127.0.0.1:9844
          check                         | Missing required parameter: 'FILE'
          probe                         | Missing required parameter: 'NAME'
          dns                           | Missing required parameter: 'NAME'
          dns shop.example --changed-at noon | Invalid value for option '--changed-at': `noon` is not an instant; write it as 2026-01-31T12:03:40Z
          dns shop.example --timeout 0s | Invalid value for option '--timeout': `0s` is zero; write a positive duration, as 10s
          incident                      | Missing required parameter: 'ID'
          demo --port high              | Invalid value for option '--port': 'high' is not an int
          demo --speed fast             | Invalid value for option '--speed': 'fast' is not a double
          demo --listen here            | Invalid value for option '--listen': `here` is not HOST:PORT; write one, as 127.0.0.1:9844
          """)
  void saysWhatIsWrongAndHowItIsUsed(String line, String message) {
    String[] arguments = line.split(" ", -1);
    CommandLine command = requireNonNull(Ran.commands().getSubcommands().get(arguments[0]));

    assertEquals(new Ran(2, "", message + "\n" + command.getUsageMessage()), Ran.of(arguments));
  }

  /// One line and no more; nothing has started.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          dns shop..example                 | `shop..example` is not a DNS name
          dns shop.example BAD              | unknown record type `BAD`; write A, AAAA, CNAME, MX, NS, PTR, SOA, SRV, TXT, CAA, HTTPS, SVCB, DS or DNSKEY
          dns shop.example --resolver ns1   | `ns1` is not an IP address; write ADDRESS, ADDRESS:PORT, tcp://ADDRESS, tls://HOST or https://HOST/dns-query
          dns shop.example -a 192.0.2.53:0  | `0` is not a port; write a number from 1 to 65535
          dns shop.example -r quic://9.9.9.9 | quic:// is not supported; write ADDRESS, ADDRESS:PORT, tcp://ADDRESS, tls://HOST or https://HOST/dns-query
          dns shop.example --changed-at 2026-01-31T12:03:40Z | --changed-at goes with --watch; write both
          dns shop.example --moved | --moved goes with --watch; write both
          dns shop.example -r 192.0.2.53 --watch --moved | --moved needs the new servers and what they say; write --authority and --expect
          dns shop.example -a 192.0.2.53 -r 192.0.2.53 --watch --expect 192.0.2.1 --changed-at 9999-01-31T12:03:40Z | --changed-at 9999-01-31T12:03:40Z is yet to come
          dns shop.example --move           | --move and --ttl-before go with --rto; write it, too
          dns shop.example --ttl-before 5m  | --move and --ttl-before go with --rto; write it, too
          dns shop.example --root-server a  | `a` is not an IP address; write ADDRESS, ADDRESS:PORT, tcp://ADDRESS, tls://HOST or https://HOST/dns-query
          dns shop.example --subnet eu      | `eu` is not a client subnet; write one, as 203.0.113.0/24 or 2001:db8::/48
          dns shop.example --subnet 192.0.2.7/24 | `192.0.2.7/24` names a host in its subnet; write 192.0.2.0/24
          dns shop.example --watch --subnet 192.0.2.0/24 | --watch follows caches, and --subnet shows views; write one of them
          demo --port 0                     | port 0 is out of range; write one from 1 to 65522
          demo --world --port 65523         | port 65523 is out of range; write one from 1 to 65522
          demo --speed 0                    | speed 0.0 is out of range; write one from 0.1 to 100.0
          demo --exit --speed 100.1         | speed 100.1 is out of range; write one from 0.1 to 100.0
          demo --world --speed NaN          | speed NaN is out of range; write one from 0.1 to 100.0
          """)
  void refusesInOneLine(String line, String message) {
    assertEquals(new Ran(2, "", "allclear: " + message + "\n"), Ran.of(line.split(" ", -1)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void helpOfEveryCommandShowsAnExample(String name) {
    Ran help = Ran.of(name, "--help");

    assertEquals(0, help.code());
    assertEquals("", help.err());
    assertTrue(help.out().startsWith("Usage: allclear " + name + " "), help::out);
    assertTrue(help.out().matches("(?s).*\nExamples?:\n  allclear " + name + "\\b.*"), help::out);
  }

  @Test
  void helpListsEveryCommandAndExitCode() {
    Ran help = Ran.of("--help");

    assertEquals(new Ran(0, Ran.commands().getUsageMessage(), ""), help);
    names().forEach(name -> assertTrue(help.out().contains("\n  " + name + " "), name));
    assertTrue(help.out().contains("\nExamples:\n  allclear demo "), help::out);
    assertTrue(help.out().contains("Exit codes: 0 good, 1 bad verdict, 2 usage"), help::out);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version",
        "--version",
        "-V",
        "version --version",
        "watch --version",
        "claim dns-changed -V"
      })
  void printsItsVersionAndThatOfJava(String line) {
    String version = "allclear %s (Java %s)%n".formatted(Version.current(), Runtime.version());

    assertEquals(new Ran(0, version, ""), Ran.of(line.split(" ", -1)));
  }

  @Test
  void checkPrintsTheSchemaOfConfigs() {
    assertEquals(new Ran(0, ConfigSchema.text(), ""), Ran.of("check", "--schema"));
  }
}
