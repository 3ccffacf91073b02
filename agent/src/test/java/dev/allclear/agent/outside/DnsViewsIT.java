package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.outside.Binary.Finished;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `allclear dns --subnet` shows what an authority and a real cache say to clients of networks.
final class DnsViewsIT {
  private static final String EU = "192.0.7.0/24";
  private static final String US = "192.0.8.0/24";

  @TempDir private Path folder;

  @Test
  void showsWhatClientsOfEachNetworkAreTold() throws IOException, InterruptedException {
    try (DnsLab lab = new DnsLab(folder)) {
      Misbehaving authority = lab.misbehaving();
      authority.answerBySubnet(20, 24);
      Cache cache =
          lab.cache(
              Software.UNBOUND,
              new int[] {authority.port()},
              "module-config: \"subnetcache iterator\"",
              "send-client-subnet: 127.0.0.1",
              "client-subnet-always-forward: yes");
      String known = "127.0.0.1:" + authority.port();
      String[] arguments = {
        "dns",
        "app.fo.test",
        "-a",
        known,
        "-r",
        cache.address(),
        "--subnet",
        EU,
        "--subnet",
        US,
        "--timeout",
        "20s"
      };
      Instant begun = Instant.now();
      Finished views = Binary.run(folder, arguments);
      assertEquals(0, views.code(), views::toString);
      long most = Duration.between(begun, Instant.now()).toSeconds() + 1;
      String text = views.out().replaceAll(" +", " ");
      assertTrue(text.contains("views of app.fo.test A: what clients in these networks"), text);
      for (String server : new String[] {known, cache.address()}) {
        String flags = server.equals(known) ? " aa" : "";
        long age = server.equals(known) ? 0 : most;
        assertShows(" %s %s /24 NOERROR%s %ds 198.51.100.7", server, EU, flags, age, text);
        assertShows(" %s %s /24 NOERROR%s %ds 198.51.100.8", server, US, flags, age, text);
      }
    }
  }

  /// With the whole TTL, or that of an entry of at most such an age.
  private static void assertShows(
      String format, String server, String subnet, String flags, long age, String text) {
    List<String> lines =
        LongStream.rangeClosed(0, Math.min(age, 20))
            .mapToObj(seconds -> format.formatted(server, subnet, flags, 20 - seconds))
            .toList();
    assertTrue(lines.stream().anyMatch(text::contains), () -> lines + " are not in " + text);
  }

  @Test
  void saysThatACacheDoesNotAnswerByClientSubnet() throws IOException, InterruptedException {
    try (DnsLab lab = new DnsLab(folder)) {
      Misbehaving authority = lab.misbehaving();
      authority.answerBySubnet(20, 24);
      Cache cache = lab.cache(Software.UNBOUND, new int[] {authority.port()});
      Finished views =
          Binary.run(
              folder,
              "dns",
              "app.fo.test",
              "-r",
              cache.address(),
              "--subnet",
              EU,
              "--json",
              "--timeout",
              "20s");
      String json = Web.json(views.out()).path("views").toString();
      assertTrue(
          json.contains("says nothing of client subnets: whether this is a view of " + EU),
          views::toString);
    }
  }
}
