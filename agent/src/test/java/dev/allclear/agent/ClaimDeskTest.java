package dev.allclear.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.allclear.agent.ledger.Ledger;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Claim;
import dev.allclear.agent.outage.EarlyClaims;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Heard;
import dev.allclear.agent.outage.Outage;
import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.outage.Said;
import dev.allclear.agent.outage.Told;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ClaimDeskTest {
  private static final Cell EU = new Cell("shop", "eu");
  private static final Cell US = new Cell("shop", "us");
  private static final Rto RTO = new Rto(Duration.ofMinutes(2), Rto.From.ONSET);
  private static final Policy POLICY =
      new Policy(RTO, 1, 1, 1, Duration.ZERO, Duration.ofSeconds(5));

  private final Ledger ledger = Ledger.inMemory();
  private final List<Change> told = new ArrayList<>();
  private final Recorder recorder = recorder();
  private final ClaimDesk desk = new ClaimDesk(recorder, ledger, Runnable::run);

  private Recorder recorder() {
    Recorder fresh =
        new Recorder(
            () -> at(99),
            ledger,
            List.of(
                new Listener() {
                  @Override
                  public void happened(Change change, Health health) {
                    told.add(change);
                  }
                }));
    for (Cell cell : List.of(EU, US)) {
      Health unknown = Health.unknown(cell, Map.of("get", Depth.SHALLOW));
      fresh.watch(
          new Resume(ledger.changes(), Optional.empty()).health(unknown), new Outage(POLICY));
    }
    fresh.remember(ledger.changes());
    return fresh;
  }

  private static Moment at(long second) {
    return new Moment(
        Instant.parse("2026-01-01T00:00:00Z").plusSeconds(second), second * 1_000_000_000, 1);
  }

  private void breaks(Cell cell, String id) {
    recorder.happened(
        cell,
        new Event.Detected(
            at(12),
            id,
            Bounds.between(at(9), at(10)),
            Set.of("get"),
            "get",
            Cause.STATUS,
            "503",
            RTO));
  }

  private static Told note(String key, String text, Cell... cells) {
    Claim claim = new Claim(key, "eve", Bounds.at(at(20)), new Said.Note(text));
    return new Told(List.of(cells), "", claim);
  }

  @Test
  void filesAClaimInEachCell() {
    breaks(EU, "shop-eu-1");
    told.clear();

    assertEquals(
        List.of(new Heard.Written(Map.of(EU, "shop-eu-1", US, ""))),
        desk.hear(List.of(note("a", "x", EU, US))));

    assertEquals(2, told.size());
    assertEquals(told, ledger.changes().subList(1, 3));
    assertEquals(1, recorder.incident("shop-eu-1").orElseThrow().claims().size());
    assertEquals(1, recorder.health(US).early().claims().size());
    assertEquals(recorder.health(EU).incident(), recorder.incident("shop-eu-1").orElseThrow());
  }

  @Test
  void writesNothingDownTwice() {
    desk.hear(List.of(note("a", "x", EU)));

    assertEquals(List.of(new Heard.Known(Map.of(EU, ""))), desk.hear(List.of(note("a", "x", EU))));
    assertEquals(
        List.of(new Heard.Written(Map.of(EU, "", US, "")), new Heard.Known(Map.of(US, ""))),
        desk.hear(List.of(note("a", "x", EU, US), note("a", "x", US))));
    assertEquals(2, ledger.changes().size());
  }

  @Test
  void aKeyStandsForOneClaimOnly() {
    desk.hear(List.of(note("a", "x", EU)));
    Claim first = note("a", "x", EU).claim();

    assertEquals(
        List.of(new Heard.Left(), new Heard.Taken(first)),
        desk.hear(List.of(note("b", "x", EU), note("a", "y", EU))));
    assertEquals(1, ledger.changes().size());
    assertEquals(
        List.of(new Heard.Written(Map.of(US, ""))), desk.hear(List.of(note("a", "y", US))));
  }

  @Test
  void knowsAfterARestartWhatWasSaid() {
    desk.hear(List.of(note("a", "x", EU)));
    breaks(EU, "shop-eu-1");
    desk.hear(List.of(note("b", "x", EU)));

    Recorder later = recorder();
    ClaimDesk reopened = new ClaimDesk(later, ledger, Runnable::run);

    assertEquals(
        List.of(new Heard.Known(Map.of(EU, "")), new Heard.Known(Map.of(EU, "shop-eu-1"))),
        reopened.hear(List.of(note("a", "x", EU), note("b", "x", EU))));
    assertEquals(recorder.health(EU), later.health(EU));
    assertEquals(recorder.incidents(), later.incidents());
    assertEquals(EarlyClaims.NONE, later.health(EU).early());
    assertEquals(2, later.incidents().getFirst().claims().size());
  }

  @Test
  void aNamedOutageGetsIt() {
    breaks(EU, "shop-eu-1");
    recorder.happened(EU, new Event.Closed(at(50)));
    Claim late = new Claim("a", "", Bounds.at(at(90)), new Said.Note("it was the cache"));

    desk.hear(List.of(new Told(List.of(EU), "shop-eu-1", late)));

    assertEquals(1, recorder.incident("shop-eu-1").orElseThrow().claims().size());
  }

  @Test
  void saysThatItCannotBeWrittenDown() {
    ClaimDesk broken = new ClaimDesk(recorder, ledger, _ -> {});

    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> broken.hear(List.of(note("a", "x", EU))));
    assertEquals("the claim cannot be written down", e.getMessage());
  }
}
