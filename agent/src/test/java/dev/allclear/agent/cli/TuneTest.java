package dev.allclear.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.ledger.Ledger;
import dev.allclear.agent.ledger.LedgerException;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Suspicion;
import dev.allclear.agent.outage.Threshold;
import dev.allclear.agent.recovery.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `tune`, of a ledger that was written.
final class TuneTest {
  private static final Threshold NOW = new Threshold(3, 4);

  @TempDir private Path folder;

  private void write(String... runs) throws LedgerException {
    List<Suspicion> seen = new ArrayList<>();
    for (String each : runs) {
      seen.add(Seen.of(NOW, Seen.at(60_000L * (1 + seen.size())), each));
    }
    try (Ledger ledger = Ledger.open(folder)) {
      ledger.append(List.of(new Change(Seen.SHOP, new Event.Healthy(Seen.at(0)))));
      ledger.keep(seen);
    }
  }

  private Ran tune(String... more) {
    List<String> arguments = new ArrayList<>(List.of("tune"));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--since", "3650d", "--ledger", folder.toString()));
    return Ran.of(arguments.toArray(String[]::new));
  }

  @Test
  void tellsWhatEachThresholdWouldHaveMadeOfWhatWasSeen() throws LedgerException {
    write("FPP.P", "FFPP.P", "FFFPPP", "FFFFFFF", "FFF");
    assertEquals(
        new Ran(
            0,
            """
            shop: 5 suspicions in 3650d; now 3 of 4
              confirm   outages   blips  raised    lost    ?   detected later by
              1 of 1          5       0       2       0    0   -400ms (n = 3)
              2 of 2          4       1       1       0    0   -200ms (n = 3)
              2 of 3          4       1       1       0    0   -200ms (n = 3)
            * 3 of 4          3       2       0       0    0   0s (n = 3)
              4 of 5          1       3       0       1    1   200ms (n = 1)
              5 of 6          1       3       0       1    1   400ms (n = 1)
              6 of 8          1       3       0       1    1   600ms (n = 1)
            * is the current threshold. blips: avoided, no outage is opened. raised: blips
            now, outages then. lost: outages now, blips then. Later by: least, median, most,
            of the outages of both.
            Cannot be told (?): 1 of 5 with 4 of 5, 1 of 5 with 5 of 6, 1 of 5 with 6 of 8,
            where what was kept ends, or the agent would have looked at other times.
            Seen from one vantage. That a detection comes later is told as if the agent had
            looked as it does while a service is down.
            n = 5 is too little to choose by (at least 20): nothing is recommended.
            """,
            ""),
        tune("shop"));
  }

  @Test
  void triesTheThresholdsThatAreAskedFor() throws LedgerException {
    write("FFFF", "FPP.P");
    Ran ran = tune("shop", "--confirm", "2 of 2, 4 of 4");
    assertEquals(0, ran.code(), ran.err());
    assertEquals(
        List.of("  2 of 2", "* 3 of 4", "  4 of 4"),
        ran.out().lines().skip(2).limit(3).map(line -> line.substring(0, 8)).toList());
  }

  @Test
  void recommendsOnlyWhereThereIsEnough() throws LedgerException {
    String[] runs = new String[40];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = i < 10 ? "FFFFFFF" : "FPP.P";
    }
    write(runs);
    Ran ran = tune("shop");
    String said = ran.out().replace('\n', ' ');
    assertTrue(
        said.endsWith(
            "2 of 2 finds the same outages and no others, 200ms sooner in the median; with n = 40"
                + " it may still decide up to 9 % of suspicions otherwise (95 %). "),
        said);
    String json = tune("shop", "--json").out();
    assertTrue(json.contains("\"recommended\":\"2 of 2\""), json);
  }

  @Test
  void tellsMachines() throws LedgerException {
    write("FFFF", "FPP.P");
    assertEquals(
        new Ran(
            0,
            """
            {"service":"shop","sinceSeconds":315360000.0,"suspicions":2,"current":"3 of 4",\
            "candidates":[\
            {"confirm":"1 of 1","outages":2,"blips":0,"raised":1,"lost":0,"unknown":0,\
            "delaySeconds":{"n":1,"least":-0.4,"median":-0.4,"most":-0.4}},\
            {"confirm":"3 of 4","outages":1,"blips":1,"raised":0,"lost":0,"unknown":0,\
            "delaySeconds":{"n":1,"least":0.0,"median":0.0,"most":0.0}},\
            {"confirm":"9 of 9","outages":0,"blips":1,"raised":0,"lost":0,"unknown":1,\
            "delaySeconds":{"n":0}}],"recommended":null}
            """,
            ""),
        tune("shop", "--confirm", "1 of 1,9 of 9", "--json"));
  }

  @Test
  void maybeThereWereNoSuspicions() throws LedgerException {
    write();
    assertEquals(
        new Ran(0, "", "no suspicions of shop in 3650d: there is nothing to try thresholds on\n"),
        tune("shop"));
    String json = tune("shop", "--json").out();
    assertTrue(json.contains("\"suspicions\":0"), json);
  }

  @Test
  void knowsTheThresholdOfTheConfig() throws LedgerException, IOException {
    write("FFFF");
    Path config = folder.resolve("shop.yaml");
    Files.writeString(
        config,
        """
        agent: {ledger: .}
        services:
          shop: {rto: 2m, detect: {get: "https://shop.example/", confirm: 2 of 7}}
          till: {rto: 2m, detect: "https://till.example/"}
        """);
    Ran ran = Ran.of("tune", "shop", "--since", "3650d", "--config", config.toString());
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().startsWith("shop: 1 suspicion in 3650d; now 2 of 7\n"), ran.out());
    assertEquals(
        new Ran(0, "", "no suspicions of till in 90d: there is nothing to try thresholds on\n"),
        Ran.of("tune", "till", "--config", config.toString()));
    assertEquals(
        new Ran(2, "", "allclear: no service `tills`; did you mean `till`?\n"),
        Ran.of("tune", "tills", "--config", config.toString()));
  }

  @Test
  void refusesAServiceThatNobodyKnows() throws LedgerException {
    write("FFFF");
    assertEquals(
        new Ran(2, "", "allclear: no service `shpo`; did you mean `shop`?\n"), tune("shpo"));
  }

  @Test
  void refusesWhatIsNoThreshold() throws LedgerException {
    write("FFFF");
    assertTrue(
        tune("shop", "--confirm", "5 of 4")
            .err()
            .contains("`5 of 4` asks for more fails than probes; write at most 4 of 4"));
    assertEquals(2, tune("shop", "--confirm", "most").code());
  }
}
