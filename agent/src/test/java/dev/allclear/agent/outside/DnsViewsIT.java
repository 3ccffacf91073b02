package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.outside.Binary.Finished;
import java.io.IOException;
import java.nio.file.Path;
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
        "dns", "app.fo.test", "-a", known, "-r", cache.address(), "--subnet", EU, "--subnet", US
      };
      Finished views = Binary.run(folder, arguments);
      assertEquals(0, views.code(), views::toString);
      String text = views.out().replaceAll(" +", " ");
      assertTrue(text.contains("views of app.fo.test A: what clients in these networks"), text);
      for (String server : new String[] {known, cache.address()}) {
        String flags = server.equals(known) ? " aa" : "";
        String eu = " %s %s /24 NOERROR%s 20s 198.51.100.7".formatted(server, EU, flags);
        String us = " %s %s /24 NOERROR%s 20s 198.51.100.8".formatted(server, US, flags);
        assertTrue(text.contains(eu), () -> eu + " is not in " + text);
        assertTrue(text.contains(us), () -> us + " is not in " + text);
      }
    }
  }

  @Test
  void saysThatACacheDoesNotAnswerByClientSubnet() throws IOException, InterruptedException {
    try (DnsLab lab = new DnsLab(folder)) {
      Misbehaving authority = lab.misbehaving();
      authority.answerBySubnet(20, 24);
      Cache cache = lab.cache(Software.UNBOUND, new int[] {authority.port()});
      Finished views =
          Binary.run(folder, "dns", "app.fo.test", "-r", cache.address(), "--subnet", EU, "--json");
      String json = Web.json(views.out()).path("views").toString();
      assertTrue(
          json.contains("says nothing of client subnets: whether this is a view of " + EU),
          views::toString);
    }
  }
}
