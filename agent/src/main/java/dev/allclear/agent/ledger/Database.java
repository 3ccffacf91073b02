package dev.allclear.agent.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/// One connection to SQLite, for one thread at a time.
final class Database implements AutoCloseable {
  private static final int BUSY_MILLISECONDS = 5_000;

  private final String name;
  private final Connection connection;

  private Database(String name, Connection connection) {
    this.name = name;
    this.connection = connection;
  }

  @FunctionalInterface
  interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  @FunctionalInterface
  interface Work {
    void run() throws SQLException;
  }

  @FunctionalInterface
  interface Query<T> {
    T result() throws SQLException;
  }

  static Database inMemory() throws SQLException {
    return new Database(
        "the ledger in memory", new SQLiteConfig().createConnection("jdbc:sqlite::memory:"));
  }

  /// A commit is on the disk when it returns.
  static Database write(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    return connect(file, config);
  }

  static Database read(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    return connect(file, config);
  }

  /// By its URI, so that no character of the path is taken for an option.
  private static Database connect(Path file, SQLiteConfig config) throws SQLException {
    config.setBusyTimeout(BUSY_MILLISECONDS);
    return new Database(file.toString(), config.createConnection("jdbc:sqlite:" + file.toUri()));
  }

  /// The file, for messages.
  String name() {
    return name;
  }

  /// Statements without parameters or results.
  void script(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  void update(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  <T> List<T> rows(String sql, Row<T> reader) throws SQLException {
    List<T> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(reader.of(result));
      }
    }
    return rows;
  }

  /// Where the only parameter is `value`.
  <T> List<T> rows(String sql, String value, Row<T> reader) throws SQLException {
    List<T> rows = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, value);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(reader.of(result));
        }
      }
    }
    return rows;
  }

  /// The number in the only column of the only row.
  long number(String sql) throws SQLException {
    return rows(sql, row -> row.getLong(1)).getFirst();
  }

  /// All of it or nothing.
  void transaction(Work work) throws SQLException {
    script("BEGIN");
    try {
      work.run();
      script("COMMIT");
    } catch (SQLException | RuntimeException e) {
      rollBack(e);
      throw e;
    }
  }

  /// Fails where SQLite has rolled back by itself, as it does when the disk is full.
  private void rollBack(Exception reason) {
    try {
      script("ROLLBACK");
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
