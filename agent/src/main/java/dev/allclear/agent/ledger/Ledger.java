package dev.allclear.agent.ledger;

import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Failed;
import dev.allclear.agent.outage.Failure;
import dev.allclear.agent.outage.Suspicion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The append-only record of what happened, from which all state is computed again after a restart.
/// One agent writes it; anybody may read it meanwhile. For any thread.
public final class Ledger implements Store, AutoCloseable {
  private final Database database;
  private final @Nullable FolderLock lock;
  private long session;

  private Ledger(Database database, long session, @Nullable FolderLock lock) {
    this.database = database;
    this.session = session;
    this.lock = lock;
  }

  /// For writing. Makes the folder, for its owner only, and the ledger where there is none.
  public static Ledger open(Path folder) throws LedgerException {
    try {
      Files.createDirectories(folder, ownerOnly());
      FolderLock lock = FolderLock.take(folder);
      boolean opened = false;
      try {
        Ledger ledger = write(file(folder), lock);
        opened = true;
        return ledger;
      } finally {
        if (!opened) {
          lock.close();
        }
      }
    } catch (IOException e) {
      throw new LedgerException(Trouble.with(folder, e), e);
    }
  }

  /// For reading, also while an agent writes it.
  public static Ledger read(Path folder) throws LedgerException {
    Path file = file(folder);
    if (Files.notExists(file)) {
      throw missing(folder);
    }
    try {
      return reading(Database.read(file), folder);
    } catch (SQLException e) {
      throw new LedgerException(Trouble.with(file.toString(), e), e);
    }
  }

  /// Forgotten when it is closed.
  public static Ledger inMemory() {
    try {
      return writing(Database.inMemory(), null);
    } catch (SQLException | LedgerException e) {
      throw new LedgerFailedException("no ledger in memory: " + e.getMessage(), e);
    }
  }

  private static Ledger write(Path file, FolderLock lock) throws LedgerException {
    try {
      return writing(Database.write(file), lock);
    } catch (SQLException e) {
      throw new LedgerException(Trouble.with(file.toString(), e), e);
    }
  }

  /// Closes the database if that fails.
  static Ledger writing(Database database, @Nullable FolderLock lock)
      throws SQLException, LedgerException {
    try {
      Schema.create(database);
      return new Ledger(database, new SessionTable(database).resume(Boot.current()), lock);
    } catch (SQLException | LedgerException e) {
      database.close();
      throw e;
    }
  }

  /// Closes the database if that fails.
  private static Ledger reading(Database database, Path folder)
      throws SQLException, LedgerException {
    try {
      if (Schema.isMissing(database)) {
        throw missing(folder);
      }
      return new Ledger(database, new SessionTable(database).reading(Boot.current()), null);
    } catch (SQLException | LedgerException e) {
      database.close();
      throw e;
    }
  }

  private static LedgerException missing(Path folder) {
    return new LedgerException("no ledger in " + folder + ": has an agent run with it yet?");
  }

  private static Path file(Path folder) {
    return folder.resolve("ledger.db");
  }

  private static FileAttribute<?> ownerOnly() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  }

  /// Of the machine's monotonic clock: that of the last opening for writing unless the machine was
  /// started since, else a higher one.
  public synchronized long session() {
    return session;
  }

  /// The monotonic clock turned out to have begun anew.
  public synchronized long newSession() {
    write(() -> session = new SessionTable(database).begin(Boot.current()));
    return session;
  }

  @Override
  public synchronized void append(List<Change> changes) {
    write(() -> new EventTable(database).insert(changes));
  }

  @Override
  public synchronized List<Change> changes() {
    return read(() -> new EventTable(database).all());
  }

  /// What was claimed with this key, of whichever cells.
  public synchronized List<Change> claimed(String key) {
    return read(() -> new EventTable(database).claimed(key));
  }

  @Override
  public synchronized void keep(String incident, List<Failure> failures, long runs) {
    write(() -> {
      FailureTable table = new FailureTable(database);
      table.insert(incident, failures);
      table.count(incident, runs);
    });
  }

  @Override
  public synchronized Failed failed(String incident) {
    return read(() -> new FailureTable(database).of(incident));
  }

  @Override
  public synchronized void keep(List<Suspicion> suspicions) {
    write(() -> {
      SuspicionTable table = new SuspicionTable(database);
      for (Suspicion suspicion : suspicions) {
        table.replace(suspicion);
      }
    });
  }

  /// What was seen of the suspicions of a service, in order.
  public synchronized List<Suspicion> suspicions(String service) {
    return read(() -> new SuspicionTable(database).of(service));
  }

  @Override
  public synchronized void pulse(Pulse pulse) {
    write(() -> new PulseTable(database).replace(pulse));
  }

  @Override
  public synchronized Optional<Pulse> lastPulse() {
    return read(() -> new PulseTable(database).last());
  }

  private void write(Database.Work work) {
    try {
      database.transaction(work);
    } catch (SQLException e) {
      throw new LedgerFailedException(Trouble.with(database.name(), e), e);
    }
  }

  private <T> T read(Database.Query<T> query) {
    try {
      return query.result();
    } catch (SQLException e) {
      throw new LedgerFailedException(Trouble.with(database.name(), e), e);
    } catch (IllegalArgumentException e) {
      throw new LedgerFailedException(database.name() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized void close() {
    try (FolderLock _ = lock) {
      database.close();
    } catch (SQLException | IOException e) {
      throw new LedgerFailedException(database.name() + " cannot be closed: " + e.getMessage(), e);
    }
  }
}
