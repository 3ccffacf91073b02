package dev.allclear.agent.ledger;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/// What a failure means to an operator: what is wrong, where, and what to do about it.
final class Trouble {
  private Trouble() {}

  static String with(String file, SQLException e) {
    // The low byte is the primary result code, whatever extended one SQLite gave.
    return switch (SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff)) {
      case SQLITE_FULL -> file + ": the disk is full: free some space, then start again";
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
          file + " is read-only: let the agent's user write it and its folder";
      case SQLITE_CANTOPEN ->
          file + " cannot be opened: let the agent's user read and write it and its folder";
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          file
              + " is damaged or not a ledger: restore a backup, or move it away to start a new one";
      case SQLITE_BUSY, SQLITE_LOCKED ->
          file + " is locked: end the other program that has it open, then start again";
      case SQLITE_IOERR ->
          file + ": the disk fails: check it and the system's log (" + e.getMessage() + ")";
      default -> file + ": " + e.getMessage();
    };
  }

  static String with(Path folder, IOException e) {
    return switch (e) {
      case AccessDeniedException _ ->
          folder + " is not accessible: let the agent's user write there";
      case FileAlreadyExistsException _ -> folder + " is not a folder: choose another one";
      case FileSystemException failed when failed.getReason() != null ->
          folder + " cannot be used: " + failed.getReason();
      default -> folder + " cannot be used: " + e.getMessage();
    };
  }
}
