package dev.allclear.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.agent.config.Settings;
import dev.allclear.agent.ledger.Ledger;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Entry;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Outage;
import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.schedule.Check;
import dev.allclear.agent.schedule.Run;
import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DependenciesTest {
  private static final Cell EU = new Cell("shop", "eu");
  private static final Cell US = new Cell("shop", "us");
  private static final Cell IDENTITY = new Cell("identity", "eu");
  private static final Cell MAIL_A = new Cell("mail", "a");
  private static final Cell MAIL_B = new Cell("mail", "b");
  private static final Policy POLICY =
      new Policy(
          new Rto(Duration.ofMinutes(2), Rto.From.ONSET),
          1,
          1,
          1,
          Duration.ZERO,
          Duration.ofSeconds(50));

  private final Ledger ledger = Ledger.inMemory();
  private Recorder recorder = new Recorder(() -> at(99), ledger, List.of());
  private Dependencies dependencies = Dependencies.NONE;

  /// Is scheduled, never run.
  private record Ping() implements Probe {
    @Override
    public String name() {
      return "ping";
    }

    @Override
    public Depth depth() {
      return Depth.SHALLOW;
    }

    @Override
    public Observation run() {
      throw new IllegalStateException("not run in this test");
    }
  }

  private static Moment at(long second) {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    return new Moment(start.plusSeconds(second), second * 1_000_000_000, 1);
  }

  @BeforeEach
  void read(@TempDir Path folder) throws IOException, BadConfig {
    Path file = folder.resolve("allclear.yaml");
    Files.writeString(
        file,
        """
        services:
          shop:
            rto: 2m
            detect: https://shop.example/
            regions: {eu: {connect-to: 192.0.2.1}, us: {connect-to: 192.0.2.2}}
            depends-on: [identity, mail]
          identity:
            rto: 2m
            detect: https://id.example/
            regions: {eu: {connect-to: 192.0.2.1}, us: {connect-to: 192.0.2.2}}
          mail:
            rto: 2m
            detect: https://mail.example/
            down-when: all
            regions: {a: {connect-to: 192.0.2.1}, b: {connect-to: 192.0.2.2}}
        """);
    dependencies = Dependencies.of(Settings.load(file, _ -> null).services());
    watch();
    List.of(EU, US, IDENTITY, new Cell("identity", "us"), MAIL_A, MAIL_B)
        .forEach(cell -> pass(cell, 1));
  }

  private void watch() {
    Resume resume = Resume.from(ledger);
    recorder = new Recorder(() -> at(99), ledger, List.of());
    recorder.remember(resume.changes());
    for (Cell cell : List.of(EU, US, IDENTITY, new Cell("identity", "us"), MAIL_A, MAIL_B)) {
      Health unknown = Health.unknown(cell, Map.of("ping", Depth.SHALLOW));
      recorder.watch(resume.health(unknown), new Outage(POLICY));
    }
    recorder.depend(dependencies);
  }

  private void pass(Cell cell, long second) {
    see(cell, second, Outcome.pass());
  }

  private void fail(Cell cell, long second) {
    see(cell, second, Outcome.fail(Cause.STATUS, "503"));
  }

  private void see(Cell cell, long second, Outcome outcome) {
    Observation observation =
        new Observation("ping", Depth.SHALLOW, at(second), at(second + 1), List.of(), outcome);
    Check check = new Check(cell, new Ping(), Duration.ofSeconds(1));
    recorder.accept(new Run(check, observation, Duration.ZERO, 0));
  }

  private String state(Cell cell) {
    return recorder.health(cell).label();
  }

  private List<String> waits(Cell cell) {
    return Objects.requireNonNull(recorder.health(cell).incident()).timeline().stream()
        .filter(entry -> entry.type().equals("waits"))
        .map(Entry::text)
        .toList();
  }

  @Test
  void verificationWaitsForWhatIsDownInTheSameRegion() {
    fail(IDENTITY, 3);
    fail(EU, 5);
    fail(US, 5);
    pass(EU, 7);
    pass(US, 7);

    assertEquals("verified", state(US));
    assertEquals("verifying", state(EU));
    assertEquals(List.of("waits for identity, which it depends on"), waits(EU));
    pass(EU, 9);
    assertEquals("verifying", state(EU));
    pass(IDENTITY, 11);
    pass(EU, 13);
    assertEquals("verified", state(EU));
    assertEquals(
        List.of("waits for identity, which it depends on", "waits for no other service any more"),
        waits(EU));
  }

  @Test
  void whatWasToldBeforeTheDependencyWasHealthyVerifiesNothing() {
    fail(IDENTITY, 3);
    fail(EU, 5);
    pass(IDENTITY, 20);
    pass(EU, 10);

    assertEquals("verifying", state(EU));
    pass(EU, 21);
    assertEquals("verified", state(EU));
  }

  @Test
  void elsewhereItWaitsForAServiceThatIsDownAsAWhole() {
    fail(MAIL_A, 3);
    fail(EU, 5);
    assertEquals(List.of(), waits(EU));
    fail(MAIL_B, 7);
    assertEquals(List.of("waits for mail, which it depends on"), waits(EU));
    pass(MAIL_A, 9);
    assertEquals(2, waits(EU).size());
  }

  @Test
  void aRestartGoesOnWaiting() {
    fail(IDENTITY, 3);
    fail(EU, 5);
    Health before = recorder.health(EU);
    int changes = ledger.changes().size();
    watch();

    assertEquals(before.incident(), recorder.health(EU).incident());
    assertEquals(Set.of("identity"), Objects.requireNonNull(before.incident()).waitsFor());
    assertEquals(changes, ledger.changes().size());
    pass(EU, 7);
    assertEquals("verifying", state(EU));
  }

  @Test
  void whatWasVerifiedStaysSoWhenAnotherServiceFails() {
    fail(EU, 5);
    pass(EU, 7);
    fail(IDENTITY, 9);

    assertEquals("verified", state(EU));
  }
}
