package dev.allclear.agent.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.json.RandomEvents;
import dev.allclear.agent.json.RandomFailures;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Claim;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Failed;
import dev.allclear.agent.outage.Failure;
import dev.allclear.agent.outage.History;
import dev.allclear.agent.outage.Said;
import dev.allclear.agent.outage.Suspicion;
import dev.allclear.agent.outage.Threshold;
import dev.allclear.agent.recovery.Seen;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerTest {
  private static final Threshold THREE_OF_FOUR = new Threshold(3, 4);

  private final RandomEvents random = new RandomEvents(new Random(1));
  private Path folder = Path.of("");

  @BeforeEach
  void choose(@TempDir Path temporary) {
    folder = temporary.resolve("not yet/made ?a=b #1%20");
  }

  @Test
  void keepsEverythingInOrder() throws Exception {
    for (long seed = 0; seed < 10; seed++) {
      List<Change> changes = new RandomEvents(new Random(seed)).changes(100);
      Path own = folder.resolve("seed-" + seed);
      try (Ledger ledger = Ledger.open(own)) {
        ledger.append(changes.subList(0, 40));
        ledger.append(List.of());
      }
      try (Ledger ledger = Ledger.open(own)) {
        ledger.append(changes.subList(40, 100));

        assertEquals(changes, ledger.changes(), "seed " + seed);
        assertEquals(History.of(changes).incidents(), History.of(ledger.changes()).incidents());
      }
    }
  }

  @Test
  void findsAClaimByItsKey() throws Exception {
    Cell shop = new Cell("shop", Cell.GLOBAL);
    Claim claim = random.claim(new Said.Note("first"));
    Claim other = new Claim("another 'key'", "", claim.when(), claim.said());
    Change first = new Change(shop, new Event.Claimed(random.moment(), "", claim));
    Change second = new Change(shop, new Event.Claimed(random.moment(), "", other));
    try (Ledger ledger = Ledger.open(folder)) {
      ledger.append(List.of(first, new Change(shop, new Event.Healthy(random.moment())), second));
    }
    try (Ledger ledger = Ledger.open(folder)) {
      assertEquals(List.of(first), ledger.claimed(claim.key()));
      assertEquals(List.of(second), ledger.claimed("another 'key'"));
      assertEquals(List.of(), ledger.claimed("none"));
    }
  }

  @Test
  void aSessionLastsUntilTheMachineIsStartedAgain() throws Exception {
    Ledger.open(folder).close();
    try (Database sqlite = Database.write(folder.resolve("ledger.db"))) {
      SessionTable sessions = new SessionTable(sqlite);
      assertEquals(2, sessions.resume("spring"));
      assertEquals(2, sessions.resume("spring"));
      assertEquals(2, sessions.reading("spring"));
      assertEquals(3, sessions.reading("summer"));
      assertEquals(3, sessions.resume("summer"));
      assertEquals(4, sessions.resume("spring"));
    }
  }

  @Test
  void whereNothingTellsTheStartsApartEverySessionIsItsOwn() throws Exception {
    Ledger.open(folder).close();
    try (Database sqlite = Database.write(folder.resolve("ledger.db"))) {
      SessionTable sessions = new SessionTable(sqlite);
      assertEquals(2, sessions.resume(""));
      assertEquals(3, sessions.resume(""));
      assertEquals(4, sessions.reading(""));
    }
  }

  @Test
  void theSessionGoesOnInTheNextProcess() throws Exception {
    for (int opened = 0; opened < 2; opened++) {
      try (Ledger ledger = Ledger.open(folder)) {
        assertEquals(1, ledger.session());
      }
    }
    try (Ledger ledger = Ledger.open(folder)) {
      assertEquals(2, ledger.newSession());
      assertEquals(2, ledger.session());
    }
  }

  @Test
  void makesItsFolderForTheOwnerOnly() throws Exception {
    Ledger.open(folder).close();

    assertEquals(
        PosixFilePermissions.fromString("rwx------"), Files.getPosixFilePermissions(folder));
  }

  /// What a test cannot show: a power cut loses no event.
  @Test
  void flushesEachCommitToTheDisk() throws Exception {
    Ledger.open(folder).close();
    try (Database sqlite = Database.write(folder.resolve("ledger.db"))) {
      assertEquals(2, sqlite.number("PRAGMA synchronous"), "FULL");
      List<String> journal = sqlite.rows("PRAGMA journal_mode", row -> row.getString(1));
      assertEquals(List.of("wal"), journal);
    }
  }

  @Test
  void keepsWhatWasAppendedByAWriterThatWasKilled(@TempDir Path copy) throws Exception {
    List<Change> changes = random.changes(50);
    try (Ledger ledger = Ledger.open(folder)) {
      ledger.append(changes);
      copyAsItStands(copy);
    }
    try (Ledger reader = Ledger.read(copy)) {
      assertEquals(changes, reader.changes());
    }
    try (Ledger ledger = Ledger.open(copy)) {
      assertEquals(changes, ledger.changes());
    }
  }

  @Test
  void keepsAnAppendWholeOrNotAtAllWhereverTheLogIsTorn(@TempDir Path copies) throws Exception {
    List<Change> changes = random.changes(60);
    Set<List<Change>> whole =
        Set.of(List.of(), changes.subList(0, 20), changes.subList(0, 50), changes);
    try (Ledger ledger = Ledger.open(folder)) {
      ledger.append(changes.subList(0, 20));
      ledger.append(changes.subList(20, 50));
      ledger.append(changes.subList(50, 60));
      Random cuts = new Random(2);
      for (int i = 0; i < 20; i++) {
        Path copy = Files.createDirectory(copies.resolve("copy-" + i));
        copyAsItStands(copy);
        long length = cutAnywhere(copy.resolve("ledger.db-wal"), cuts);
        try (Ledger torn = Ledger.open(copy)) {
          assertTrue(whole.contains(torn.changes()), "cut at " + length);
        }
      }
    }
  }

  @Test
  void refusesToChangeOrDeleteAnEvent() throws Exception {
    try (Ledger ledger = Ledger.open(folder)) {
      ledger.append(random.changes(1));
      try (Database sqlite = Database.write(folder.resolve("ledger.db"))) {
        SQLException update =
            assertThrows(SQLException.class, () -> sqlite.script("UPDATE event SET type = 'x'"));
        SQLException delete =
            assertThrows(SQLException.class, () -> sqlite.script("DELETE FROM event"));

        assertTrue(message(update).contains("events are never changed"), update::toString);
        assertTrue(message(delete).contains("events are never deleted"), delete::toString);
      }
    }
  }

  @Test
  void showsAReaderWhatAWriterAppends() throws Exception {
    List<Change> changes = random.changes(2);
    try (Ledger ledger = Ledger.open(folder);
        Ledger reader = Ledger.read(folder)) {
      ledger.append(changes.subList(0, 1));
      assertEquals(changes.subList(0, 1), reader.changes());
      ledger.append(changes.subList(1, 2));
      assertEquals(changes, reader.changes());
    }
  }

  @Test
  void takesNothingFromAReader() throws Exception {
    Ledger.open(folder).close();
    try (Ledger reader = Ledger.read(folder)) {
      LedgerFailedException e =
          assertThrows(LedgerFailedException.class, () -> reader.append(random.changes(1)));

      assertEquals(
          folder + "/ledger.db is read-only: let the agent's user write it and its folder",
          e.getMessage());
    }
  }

  @Test
  void keepsOnlyTheLastPulse() throws Exception {
    Pulse first = new Pulse(random.moment(), List.of(evidence("a"), evidence("b")));
    Pulse last =
        new Pulse(
            random.moment(),
            List.of(
                evidence("c"),
                new LastProofs(new Cell("shop", Cell.GLOBAL), "b", null, null),
                evidence("a")));
    try (Ledger ledger = Ledger.open(folder)) {
      assertEquals(Optional.empty(), ledger.lastPulse());
      ledger.pulse(first);
      assertEquals(Optional.of(first), ledger.lastPulse());
      ledger.pulse(last);
    }
    try (Ledger ledger = Ledger.open(folder)) {
      assertEquals(Optional.of(last), ledger.lastPulse());
    }
  }

  @Test
  void keepsWhatManyThreadsAppend() throws LedgerException, InterruptedException {
    List<Change> changes = random.changes(40);
    try (Ledger ledger = Ledger.open(folder)) {
      List<Thread> threads = new ArrayList<>();
      for (Change change : changes) {
        threads.add(Thread.startVirtualThread(() -> ledger.append(List.of(change))));
      }
      for (Thread thread : threads) {
        thread.join();
      }

      assertEquals(changes.size(), ledger.changes().size());
      assertEquals(Set.copyOf(changes), Set.copyOf(ledger.changes()));
    }
  }

  @Test
  void keepsFailuresWithTheirIncident() throws Exception {
    RandomFailures failures = new RandomFailures(new Random(3));
    List<Failure> first = failures.many(3);
    List<Failure> second = failures.many(2);
    try (Ledger ledger = Ledger.open(folder)) {
      ledger.keep("a", first, 3);
      ledger.keep("b", second, 2);
      ledger.keep("a", List.of(), 7);
    }
    try (Ledger reader = Ledger.read(folder)) {
      assertEquals(new Failed(7, first), reader.failed("a"));
      assertEquals(new Failed(2, second), reader.failed("b"));
      assertEquals(Failed.NOTHING, reader.failed("c"));
    }
  }

  @Test
  void neverChangesOrDeletesAFailure() throws Exception {
    try (Ledger ledger = Ledger.open(folder)) {
      ledger.keep("a", new RandomFailures(new Random(4)).many(1), 1);
      try (Database sqlite = Database.write(folder.resolve("ledger.db"))) {
        SQLException update =
            assertThrows(SQLException.class, () -> sqlite.script("UPDATE failure SET body = 'x'"));
        SQLException delete =
            assertThrows(SQLException.class, () -> sqlite.script("DELETE FROM failure"));

        assertTrue(message(update).contains("failures are never changed"), update::toString);
        assertTrue(message(delete).contains("failures are never deleted"), delete::toString);
      }
    }
  }

  @Test
  void keepsTheLatestOfEachSuspicion() throws Exception {
    Suspicion first = Seen.of(THREE_OF_FOUR, Seen.at(10_000), "FPP");
    Suspicion second = Seen.of(THREE_OF_FOUR, Seen.at(30_000), "FFF");
    Suspicion more = Seen.of(THREE_OF_FOUR, Seen.at(10_000), "FPP.P");
    try (Ledger ledger = Ledger.open(folder)) {
      ledger.keep(List.of(first, second));
      ledger.keep(List.of(more));
    }
    try (Ledger reader = Ledger.read(folder)) {
      assertEquals(List.of(more, second), reader.suspicions("shop"));
      assertEquals(List.of(), reader.suspicions("till"));
    }
  }

  @Test
  void letsGoOfTheOldestSuspicions() throws Exception {
    List<Suspicion> many = new ArrayList<>();
    for (int i = 0; i < SuspicionTable.MOST + 2; i++) {
      many.add(Seen.of(THREE_OF_FOUR, Seen.at(1000L * i), "FPP"));
    }
    try (Ledger ledger = Ledger.open(folder)) {
      ledger.keep(many);
      assertEquals(many.subList(2, many.size()), ledger.suspicions("shop"));
    }
  }

  /// Version 3 kept no suspicions.
  @Test
  void takesUpALedgerWithoutSuspicions() throws Exception {
    List<Change> changes = random.changes(5);
    try (Ledger ledger = Ledger.open(folder)) {
      ledger.append(changes);
    }
    try (Database sqlite = Database.write(folder.resolve("ledger.db"))) {
      sqlite.script("DROP TABLE suspicion; PRAGMA user_version = 3");
    }
    try (Ledger reader = Ledger.read(folder)) {
      assertEquals(List.of(), reader.suspicions("shop"));
    }
    Suspicion suspicion = Seen.of(THREE_OF_FOUR, Seen.at(10_000), "FFF");
    try (Ledger ledger = Ledger.open(folder)) {
      assertEquals(changes, ledger.changes());
      ledger.keep(List.of(suspicion));
      assertEquals(List.of(suspicion), ledger.suspicions("shop"));
    }
  }

  /// Version 1 kept no failures.
  @Test
  void takesUpALedgerOfTheFormerFormat() throws Exception {
    List<Change> changes = random.changes(5);
    try (Ledger ledger = Ledger.open(folder)) {
      ledger.append(changes);
    }
    try (Database sqlite = Database.write(folder.resolve("ledger.db"))) {
      sqlite.script(
          "DROP TABLE suspicion; DROP TABLE failure; DROP TABLE failed_runs; ALTER TABLE session DROP COLUMN boot;"
              + " PRAGMA user_version = 1");
    }
    try (Ledger reader = Ledger.read(folder)) {
      assertEquals(changes, reader.changes());
      assertEquals(Failed.NOTHING, reader.failed("a"));
    }
    List<Failure> failures = new RandomFailures(new Random(5)).many(1);
    try (Ledger ledger = Ledger.open(folder)) {
      assertEquals(changes, ledger.changes());
      ledger.keep("a", failures, 1);
      assertEquals(new Failed(1, failures), ledger.failed("a"));
    }
  }

  @Test
  void worksInMemory() {
    List<Change> changes = random.changes(10);
    Pulse pulse = new Pulse(random.moment(), List.of(evidence("a")));
    try (Ledger ledger = Ledger.inMemory()) {
      ledger.append(changes);
      ledger.pulse(pulse);

      assertEquals(changes, ledger.changes());
      assertEquals(Optional.of(pulse), ledger.lastPulse());
      assertEquals(1, ledger.session());
    }
  }

  private LastProofs evidence(String probe) {
    return new LastProofs(new Cell("shop", "eu"), probe, random.bounds(), random.bounds());
  }

  private void copyAsItStands(Path copy) throws IOException {
    for (String name : List.of("ledger.db", "ledger.db-wal")) {
      Files.copy(folder.resolve(name), copy.resolve(name));
    }
  }

  private static long cutAnywhere(Path file, Random random) throws IOException {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw")) {
      log.setLength(random.nextLong(log.length() + 1));
      return log.length();
    }
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
