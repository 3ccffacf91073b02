package dev.allclear.agent.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.json.RandomEvents;
import dev.allclear.agent.outage.Change;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;

final class LedgerTroubleTest {
  private final RandomEvents random = new RandomEvents(new Random(1));
  private Path folder = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void choose(@TempDir Path temporary) {
    folder = temporary;
    file = temporary.resolve("ledger.db");
  }

  @Test
  void refusesASecondWriterUntilTheFirstIsGone() throws Exception {
    try (Ledger _ = Ledger.open(folder)) {
      assertEquals(
          "%s is in use by another agent (pid %d): stop it, or give this one a folder of its own"
              .formatted(folder, ProcessHandle.current().pid()),
          refusedToOpen());
    }
    Ledger.open(folder).close();
  }

  @Test
  void saysThatThereIsNoLedger() throws Exception {
    String message = "no ledger in " + folder + ": has an agent run with it yet?";
    assertEquals(message, refusedToRead());

    Files.createFile(file);
    assertEquals(message, refusedToRead());
  }

  @Test
  void leavesALedgerOfANewerVersionAlone() throws Exception {
    try (Database newer = Database.write(file)) {
      newer.script("PRAGMA user_version = 5");
    }
    String message =
        file + " was written by a newer version (schema 5, this one knows 4): upgrade allclear";

    assertEquals(message, refusedToOpen());
    assertEquals(message, refusedToRead());
  }

  @Test
  void leavesAFileThatIsNoLedgerAlone() throws Exception {
    Files.writeString(file, "dear diary, ".repeat(1_000));
    String message =
        file + " is damaged or not a ledger: restore a backup, or move it away to start a new one";

    assertEquals(message, refusedToOpen());
    assertEquals(message, refusedToRead());
    Files.delete(file);
    Ledger.open(folder).close();
  }

  @Test
  void saysThatAFileCannotBeOpened() throws Exception {
    Files.createDirectory(file);

    assertEquals(
        file + " cannot be opened: let the agent's user read and write it and its folder",
        refusedToOpen());
  }

  @Test
  void saysThatAFolderCannotBeUsed() throws Exception {
    Files.createFile(file);
    folder = file;
    assertEquals(file + " is not a folder: choose another one", refusedToOpen());

    folder = file.resolve("below");
    assertEquals(folder + " cannot be used: Not a directory", refusedToOpen());
    assertEquals(
        folder + " is not accessible: let the agent's user write there",
        Trouble.with(folder, new AccessDeniedException(folder.toString())));
  }

  @Test
  void losesNothingItHadWhenTheDiskIsFull() throws Exception {
    List<Change> kept = random.changes(5);
    Database database = Database.write(file);
    try (Ledger ledger = Ledger.writing(database, null)) {
      ledger.append(kept);
      long pages = database.number("PRAGMA page_count") + 2;
      database.script("PRAGMA max_page_count = " + pages);

      LedgerFailedException e =
          assertThrows(LedgerFailedException.class, () -> ledger.append(random.changes(100)));

      assertEquals(file + ": the disk is full: free some space, then start again", e.getMessage());
      assertEquals(kept, ledger.changes());
      database.script("PRAGMA max_page_count = 1000000");
      ledger.append(kept);
      assertEquals(10, ledger.changes().size());
    }
  }

  @Test
  void namesTheEventItCannotRead() throws Exception {
    Database database = Database.write(file);
    try (Ledger ledger = Ledger.writing(database, null)) {
      ledger.append(random.changes(2));
      database.update(
          "INSERT INTO event (session, at, service, region, type, body) VALUES (?, ?, ?, ?, ?, ?)",
          1,
          "",
          "shop",
          "eu",
          "closed",
          "{}");

      LedgerFailedException e = assertThrows(LedgerFailedException.class, ledger::changes);
      assertEquals(file + ": event 3: closed: at is missing", e.getMessage());
    }
  }

  @Test
  void failsOnceItIsClosed() throws Exception {
    Ledger ledger = Ledger.open(folder);
    ledger.close();
    ledger.close();

    LedgerFailedException e =
        assertThrows(LedgerFailedException.class, () -> ledger.append(random.changes(1)));
    assertTrue(String.valueOf(e.getMessage()).startsWith(file + ": "), e::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "SQLITE_BUSY_SNAPSHOT, ' is locked: end the other program that has it open, then start again'",
    "SQLITE_IOERR_WRITE, ': the disk fails: check it and the system''s log (reason)'",
    "SQLITE_CORRUPT_INDEX,"
        + " ' is damaged or not a ledger: restore a backup, or move it away to start a new one'",
    "SQLITE_READONLY_DIRECTORY,"
        + " ' is read-only: let the agent''s user write it and its folder'",
    "SQLITE_TOOBIG, ': reason'"
  })
  void tellsAnOperatorWhatToDo(SQLiteErrorCode code, String advice) {
    assertEquals("F" + advice, Trouble.with("F", new SQLException("reason", null, code.code)));
  }

  private @Nullable String refusedToOpen() {
    return assertThrows(LedgerException.class, () -> Ledger.open(folder)).getMessage();
  }

  private @Nullable String refusedToRead() {
    return assertThrows(LedgerException.class, () -> Ledger.read(folder)).getMessage();
  }
}
