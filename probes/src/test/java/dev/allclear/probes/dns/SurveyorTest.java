package dev.allclear.probes.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Outcome;
import dev.allclear.probes.dns.Nameserver.Answer;
import dev.allclear.probes.dns.Nameserver.Resource;
import dev.allclear.probes.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SurveyorTest {
  private final Wire wire = Wire.open(new RealClock());

  @AfterEach
  void close() {
    wire.close();
  }

  @Test
  void findsTheAuthoritiesThatTheResolverNames() throws IOException {
    try (Nameserver server = start(_ -> List.of())) {
      Survey survey = ask(server, "shop.test");
      assertEquals(Outcome.pass(), survey.outcome());
      assertEquals("test", assertNotNullDelegation(survey).zone());
      assertEquals("ns.test at 127.0.0.1", survey.steps().getFirst().name());
      assertEquals(
          List.of(
              "resolver was asked as a resolver, but answers as an authority (AA): it passes on the"
                  + " answers of another, or something on the way answers in its place"),
          survey.findings());
    }
  }

  @Test
  void followsAliasesThatLeadInACircleOnlySoFar() throws IOException {
    try (Nameserver server =
        start(question ->
            switch (question.name()) {
              case "a.test" -> List.of(alias("a.test", "b.test"));
              case "b.test" -> List.of(alias("b.test", "a.test"));
              default -> List.of();
            })) {
      Survey survey = ask(server, "a.test");
      assertTrue(
          survey
              .findings()
              .contains(
                  "a.test leads to b.test, whose authorities were not asked: more than 8 aliases"
                      + " through other zones"),
          survey.findings()::toString);
    }
  }

  @Test
  void saysThatNobodyNamesTheAuthorities() throws IOException {
    try (Nameserver server =
        Nameserver.start(loopback(), _ -> new Answer("REFUSED", false, List.of()))) {
      assertEquals(
          List.of(
              "resolver refuses to answer shop.test A (REFUSED): it serves other clients, or other"
                  + " names",
              "no authority was asked: no resolver names the authorities of shop.test"),
          ask(server, "shop.test").findings());
    }
  }

  private static Delegation assertNotNullDelegation(Survey survey) {
    Delegation found = survey.delegation();
    assertNotNull(found);
    return found;
  }

  private Survey ask(Nameserver server, String name) {
    Server resolver = new Server("resolver", server.address(), Server.Transport.UDP, false);
    return new Surveyor(List.of(resolver), List.of(), Duration.ofSeconds(5), wire)
        .askAuthorities(List.of(new Question(name, "A")), server.address().getPort());
  }

  /// Knows `test`, its own address, and `shop.test`; `more` comes first.
  private static Nameserver start(Function<Question, List<Resource>> more) throws IOException {
    return Nameserver.start(
        loopback(),
        question -> {
          List<Resource> first = more.apply(question);
          return new Answer("NOERROR", true, first.isEmpty() ? usual(question) : first);
        });
  }

  private static List<Resource> usual(Question question) {
    return switch (question.toString()) {
      case "test NS" -> List.of(new Resource("test", "NS", Duration.ofMinutes(1), "ns.test"));
      case "ns.test A" -> List.of(address("ns.test", "127.0.0.1"));
      case "shop.test A" -> List.of(address("shop.test", "192.0.2.1"));
      default -> List.of();
    };
  }

  private static Resource address(String name, String address) {
    return new Resource(name, "A", Duration.ofSeconds(30), address);
  }

  private static Resource alias(String name, String target) {
    return new Resource(name, "CNAME", Duration.ofSeconds(30), target);
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }
}
