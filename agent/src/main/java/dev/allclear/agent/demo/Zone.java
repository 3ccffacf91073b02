package dev.allclear.agent.demo;

import dev.allclear.agent.demo.Authority.Lease;
import dev.allclear.probes.dns.Nameserver;
import dev.allclear.probes.dns.Nameserver.Answer;
import dev.allclear.probes.dns.Nameserver.Resource;
import dev.allclear.probes.dns.Question;
import java.util.List;
import java.util.function.Supplier;

/// The one name of the world, as DNS messages tell it.
final class Zone {
  static final String HOST = "shop.allclear.test";

  private Zone() {}

  /// Other names are none of its business.
  static Nameserver.Handler authoritative(Supplier<Lease> shop) {
    return question -> answer(question, true, "REFUSED", shop);
  }

  static Nameserver.Handler cached(Supplier<Lease> shop) {
    return question -> answer(question, false, "NXDOMAIN", shop);
  }

  private static Answer answer(
      Question question, boolean authoritative, String otherwise, Supplier<Lease> shop) {
    if (!question.name().equals(HOST)) {
      return new Answer(otherwise, false, List.of());
    }
    return new Answer(
        "NOERROR",
        authoritative,
        question.type().equals("A") ? List.of(address(shop.get())) : List.of());
  }

  private static Resource address(Lease lease) {
    return new Resource(HOST, "A", lease.ttl(), lease.region().host());
  }
}
