package dev.allclear.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.agent.config.Settings;
import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.outage.Rto;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StopwatchTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Policy POLICY =
      new Policy(new Rto(SECOND, Rto.From.ONSET), 3, 4, 3, SECOND, SECOND);

  @ParameterizedTest
  @CsvSource({
    "https://shop.example/healthz, shop.example",
    "http://127.0.0.1:8080/, 127.0.0.1",
    "http://[2001:db8::1]:8080/, [2001:db8::1]",
    "http://[2001:db8::1]/, [2001:db8::1]",
    "http://my_shop:8080/, my_shop"
  })
  void namesTheServiceByTheHost(String url, String service) {
    Settings settings = Stopwatch.settings(URI.create(url), SECOND, SECOND, POLICY);

    assertEquals(service, settings.services().getFirst().name());
  }
}
