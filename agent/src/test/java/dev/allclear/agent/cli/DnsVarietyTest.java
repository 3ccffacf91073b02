package dev.allclear.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.probes.dns.Nameserver;
import dev.allclear.probes.dns.Nameserver.Answer;
import dev.allclear.probes.dns.Nameserver.Resource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DnsVarietyTest {
  private final AtomicInteger asked = new AtomicInteger();

  private Nameserver authority(int values) throws IOException {
    return Nameserver.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        question ->
            new Answer(
                "NOERROR",
                true,
                List.of(
                    new Resource(
                        question.name(),
                        "A",
                        Duration.ofSeconds(5),
                        "192.0.2." + (1 + asked.getAndIncrement() % values)))));
  }

  private static Ran watch(Nameserver authority, String limit, String... more) {
    String address = "127.0.0.1:" + authority.address().getPort();
    return Ran.of(
        Stream.concat(
                Stream.of(
                    "dns",
                    "shop.example",
                    "--watch",
                    "--timeout",
                    limit,
                    "-a",
                    address,
                    "-r",
                    address),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void answersThatVaryTellNoChangeFromChance() throws IOException {
    try (Nameserver authority = authority(2)) {
      Ran ran = watch(authority, "1m");
      assertEquals(
          "allclear: 127.0.0.1:%d answers 192.0.2.1, then 192.0.2.2: a change cannot be told from"
                  .formatted(authority.address().getPort())
              + " chance; write what is new with --expect: the addresses, their network, or"
              + " via:NAME or label:WORD\n",
          ran.err());
      assertEquals(2, ran.code());
    }
  }

  @Test
  void withSomethingExpectedTheyMayVary() throws IOException {
    try (Nameserver authority = authority(2)) {
      Ran ran = watch(authority, "1s", "--expect", "198.51.100.0/24");
      assertEquals("", ran.err());
      assertEquals(1, ran.code(), ran::out);
    }
  }

  @Test
  void steadyAnswersAreWatched() throws IOException {
    try (Nameserver authority = authority(1)) {
      Ran ran = watch(authority, "1s");
      assertEquals(1, ran.code(), ran::err);
    }
  }
}
