package dev.allclear.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.json.FailureJson;
import dev.allclear.agent.json.IncidentJson;
import dev.allclear.agent.json.RecoveryJson;
import dev.allclear.agent.ledger.Ledger;
import dev.allclear.agent.ledger.LedgerException;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Failed;
import dev.allclear.agent.outage.Failure;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.outage.Vantage;
import dev.allclear.agent.recovery.Expected;
import dev.allclear.agent.recovery.Measures;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Evidence;
import dev.allclear.probes.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `incidents` and `incident`, of a ledger that was written.
final class IncidentsTest {
  private static final Duration RTO = Duration.ofMinutes(2);
  private static final Incident SHOP = Past.closed(RTO);
  private static final Event.Detected TILL_DOWN =
      new Event.Detected(
          Past.at(1_407),
          "till-west-20260101-120001",
          Past.ONSET,
          Set.of("detect"),
          "detect",
          Cause.STATUS,
          "status 503",
          new Rto(Duration.ofSeconds(10), Rto.From.ONSET));

  @TempDir private Path folder;

  @BeforeEach
  void write() throws LedgerException {
    Cell till = new Cell("till", "west");
    try (Ledger ledger = Ledger.open(folder)) {
      ledger.append(Past.changes(Past.SHOP, Past.detected(Past.ONSET, RTO), Past.recovery()));
      ledger.append(Past.changes(till, TILL_DOWN, Past.recovery()));
    }
  }

  @Test
  void areListedTheNewestFirst() {
    assertEquals(
        new Ran(
            0,
            """
            till-west-20260101-120001          till/west      closed  onset 2026-01-01 12:00:00.504  taken 11.6s (11.0s to 12.2s)       missed
            shop-20260101-120001               shop           closed  onset 2026-01-01 12:00:00.504  taken 11.6s (11.0s to 12.2s)       met
            """,
            ""),
        read("incidents"));
  }

  @Test
  void areListedOfOneService() {
    assertEquals(
        new Ran(
            0,
            """
            shop-20260101-120001               shop           closed  onset 2026-01-01 12:00:00.504  taken 11.6s (11.0s to 12.2s)       met
            """,
            ""),
        read("incidents", "--service", "shop"));
  }

  @Test
  void areListedAsOneJsonObjectALine() {
    assertEquals(
        new Ran(0, json(new Vantage("", "")), ""),
        read("incidents", "--service", "shop", "--json"));
  }

  @Test
  void areListedWithoutTheSecretsOfTheAgent() throws IOException {
    Path config = folder.resolve("shop.yaml");
    Files.writeString(
        config,
        """
        agent: {ledger: .}
        services:
          shop: {rto: 2m, verify: {journeys: [login]}}
        journeys:
          login: {steps: [{get: https://shop.example/, bearer: "${env:NOBODY_SETS_THIS}"}]}
        """);

    Ran ran = Ran.of("incidents", "--config", config.toString(), "--service", "shop");

    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().startsWith("shop-20260101-120001 "), ran.out());
    assertEquals(2, Ran.of("probe", "login", "--config", config.toString()).code());
  }

  @Test
  void maybeThereAreNone() {
    assertEquals(new Ran(0, "", "no incidents\n"), read("incidents", "--service", "cart"));
    assertEquals(
        new Ran(0, "", "no incidents\n"), read("incidents", "--service", "cart", "--json"));
  }

  @Test
  void oneIsShownWithItsTimeline() {
    assertEquals(
        new Ran(
            0,
            """
            till/west: outage till-west-20260101-120001
              onset         12:00:00.504 (12:00:00.003 to 12:00:01.006)
              detected      12:00:01.407
              first good    12:00:08.129 (12:00:08.003 to 12:00:08.256)
              restored      12:00:08.129 (12:00:08.003 to 12:00:08.256)
              verified      12:00:12.011
              detection     1.0s (0.4s to 1.6s)
              downtime      7.6s (6.8s to 8.4s)
              verification  3.90s (3.75s to 4.05s)
              recovery      10.604s
              verdict       missed, RTO 10s from onset, taken 11.6s (11.0s to 12.2s)
              costliest     repair took longest: 6.70s (6.55s to 6.85s)
              reaction      unknown, nobody claimed it

              detection     |  ~~#                                           | 1.0s (0.4s to 1.6s)
              repair        |     ##################                         | 6.70s (6.55s to 6.85s)
              verification  |                       ##########               | 3.90s (3.75s to 4.05s)

              12:00:00.504 (12:00:00.003 to 12:00:01.006)  onset         detect: status 503
              12:00:01.407                                 detected      down: detect
              12:00:08.129 (12:00:08.003 to 12:00:08.256)  first-good    detect passes again
              12:00:08.256                                 verifying     every required probe passes
              12:00:08.129 (12:00:08.003 to 12:00:08.256)  restored      every required probe works from here on
              12:00:12.011                                 verified      verified healthy, hold begins
              12:00:17.013                                 closed        hold ended: all clear
            """,
            ""),
        read("incident", "till-west-20260101-120001"));
  }

  @Test
  void oneIsShownAsMarkdownAndAsAPage() {
    Ran markdown = read("incident", SHOP.id(), "--format", "markdown");
    assertTrue(markdown.out().startsWith("# shop: outage " + SHOP.id() + "\n"), markdown.out());
    Ran page = read("incident", SHOP.id(), "--format", "html");
    assertTrue(page.out().startsWith("<!doctype html><html lang=\"en\">"), page.out());
    Ran wrong = read("incident", SHOP.id(), "--format", "pdf");
    assertEquals(2, wrong.code());
    assertTrue(
        wrong.err().contains("`pdf` is none; write text, json, markdown or html"), wrong.err());
  }

  @Test
  void recoveriesAreReviewedPerService() {
    Ran ran = read("report", "--since", "3650d", "--service", "shop");
    assertTrue(
        ran.out()
            .startsWith(
                """
                shop: 1 recoveries in 3650d, objective met 1, missed 0, inconclusive 0
                  success rate  20 to 100 % (95 % confidence, n = 1)
                  downtime      7.6s (6.8s to 8.4s) in all
                  detection     between 397ms and 1.4s
                  slowest phase repair in 1
                """),
        ran.out());
    assertEquals(new Ran(0, "", "no incidents\n"), read("report", "--since", "1s"));
  }

  @Test
  void twoAreComparedPhaseByPhase() {
    Ran ran = read("compare", SHOP.id(), "till-west-20260101-120001");
    assertEquals(
        """
                       shop-20260101-120001           till-west-20260101-120001
        detection      0.8s (0.2s to 1.4s)            1.0s (0.4s to 1.6s)            the bounds overlap: no difference can be told
        """,
        ran.out().lines().limit(2).map(line -> line + "\n").reduce("", String::concat));
  }

  @Test
  void oneIsShownAsJson() {
    assertEquals(new Ran(0, whole(new Vantage("", "")), ""), read("incident", SHOP.id(), "--json"));
  }

  @Test
  void areThoseOfTheAgentThatTheConfigNames() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("allclear.yaml"),
            """
            agent: {id: eu-west-1a, ledger: .}
            services: {shop: {rto: 2m, detect: "https://shop.example/healthz"}}
            """);

    assertEquals(
        new Ran(0, whole(new Vantage("eu-west-1a", "default")), ""),
        Ran.of("incident", SHOP.id(), "--json", "--config", config.toString()));
  }

  @Test
  void oneThatIsUnknownIsRefused() {
    assertEquals(
        new Ran(
            2, "", "allclear: no incident `shop`; `allclear incidents` lists those there are\n"),
        read("incident", "shop"));
  }

  @Test
  void needALedger() {
    Path elsewhere = folder.resolve("elsewhere");
    Ran refused =
        new Ran(7, "", "allclear: no ledger in " + elsewhere + ": has an agent run with it yet?\n");

    assertEquals(refused, Ran.of("incidents", "--ledger", elsewhere.toString()));
    assertEquals(refused, Ran.of("incident", SHOP.id(), "--ledger", elsewhere.toString()));
  }

  @Test
  void anEventThatCannotBeReadIsOneLine() throws SQLException {
    Path file = folder.resolve("ledger.db");
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = database.createStatement()) {
      statement.executeUpdate(
          """
          INSERT INTO event (session, at, service, region, type, body)
          VALUES (1, '', 'shop', 'global', 'closed', '{}')
          """);
    }

    assertEquals(
        new Ran(7, "", "allclear: " + file + ": event 11: closed: at is missing\n"),
        read("incidents"));
  }

  @Test
  void oneIsShownWithItsFailures() throws LedgerException {
    Evidence evidence =
        Evidence.of(
            Evidence.Message.sent("GET http://shop.example/", List.of(), "", false),
            Evidence.Message.received(
                "h2 503", List.of(), "closed\n  for " + "ever ".repeat(20), false),
            List.of());
    try (Ledger ledger = Ledger.open(folder)) {
      ledger.keep(
          SHOP.id(),
          List.of(
              new Failure(Past.at(1_006), "checkout", "pay", Cause.STATUS, "status 503", evidence),
              new Failure(Past.at(1_007), "detect", "", Cause.TIMEOUT, "too late", null)),
          214);
    }

    Ran text = read("incident", SHOP.id());
    assertTrue(
        text.out()
            .endsWith(
                """

                  214 failed runs, the first of each kind (--json shows all that was kept):
                  12:00:01.006  checkout, pay: status 503 (status)
                      > GET http://shop.example/
                      < h2 503  closed for ever ever ever ever ever ever ever ever ever ever ever ever…
                  12:00:01.007  detect: too late (timeout)
                """),
        text::out);
    Ran json = read("incident", SHOP.id(), "--json");
    assertTrue(json.out().contains("\"failures\":{\"runs\":214,\"kept\":[{"), json::out);
  }

  private static String json(Vantage vantage) {
    return IncidentJson.write(SHOP, vantage, Past.at(20_000)) + "\n";
  }

  /// With the failures of one incident, which a list does not have.
  private static String whole(Vantage vantage) {
    Moment now = Past.at(20_000);
    Measures measures = Measures.of(SHOP, Expected.NOTHING, List.of(), now);
    return IncidentJson.tree(SHOP, vantage, now)
            .put("metrics", RecoveryJson.tree(measures, now))
            .put("failures", FailureJson.tree(Failed.NOTHING))
        + "\n";
  }

  private Ran read(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--ledger";
    all[arguments.length + 1] = folder.toString();
    return Ran.of(all);
  }
}
