package dev.allclear.agent.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The right to write the ledger of a folder. The operating system takes it back when the process
/// ends, however it ends.
final class FolderLock implements AutoCloseable {
  private static final int LONGEST_PID = 20;

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  static FolderLock take(Path folder) throws IOException, LedgerException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("ledger.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      taken = lock(channel);
      if (!taken) {
        throw new LedgerException(
            folder
                + " is in use by another agent (pid "
                + pid(channel)
                + "): stop it, or give this one a folder of its own");
      }
      writePid(channel);
    } finally {
      if (!taken) {
        channel.close();
      }
    }
    return new FolderLock(channel);
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      // Held by this process. POSIX ends that lock, too, when the caller closes this channel: a
      // second opening in one process is told apart, but leaves the first without protection.
      return false;
    }
  }

  private static void writePid(FileChannel channel) throws IOException {
    String pid = Long.toString(ProcessHandle.current().pid());
    channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  private static String pid(FileChannel channel) throws IOException {
    ByteBuffer read = ByteBuffer.allocate(LONGEST_PID);
    channel.read(read, 0);
    String pid = new String(read.array(), 0, read.position(), StandardCharsets.US_ASCII);
    return pid.isEmpty() ? "unknown" : pid;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
