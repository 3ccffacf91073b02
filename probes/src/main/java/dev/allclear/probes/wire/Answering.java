package dev.allclear.probes.wire;

import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Reply;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One request under way, and what has come of its answer. Confined to its loop.
final class Answering {
  static final int LARGEST_HEAD = 256 * 1024;
  static final int KEPT = Reply.Http.MOST_BYTES + 1;

  /// No more is read of an answer that has no share of the memory; headers take some thirty times
  /// their size.
  private static final int SMALL_HEAD = 4 * 1024;

  private static final int SMALL_BODY = 64 * 1024;

  /// More than is kept: chunks and frames have heads too.
  private static final int LARGEST_BODY = KEPT + 128 * 1024;

  private final Clock clock;
  private final Moment begin;
  private final CompletableFuture<HttpExchanged> future = new CompletableFuture<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private @Nullable Moment sent;
  private @Nullable Moment first;
  private @Nullable Moment headed;
  private @Nullable HttpHead head;
  private Moment received;
  private long taken;

  Answering(Clock clock) {
    this.clock = clock;
    begin = received = clock.now();
  }

  CompletableFuture<HttpExchanged> future() {
    return future;
  }

  boolean isOver() {
    return future.isDone();
  }

  /// More of it may come, but is not read.
  boolean isCut() {
    return isOver() && body.size() == KEPT;
  }

  boolean isHeaded() {
    return head != null;
  }

  /// The last byte of the request has left.
  void sent() {
    sent = clock.now();
  }

  /// So many bytes came on the connection, before anybody has looked at them.
  void took(int bytes, Moment at) {
    received = at;
    taken += bytes;
    first = first == null ? at : first;
  }

  /// True if it takes a share of the memory to read on.
  boolean isLarge() {
    return !isOver() && taken > (head == null ? SMALL_HEAD : SMALL_BODY);
  }

  /// After those bytes were looked at; what is too much depends on what they were.
  void weigh() {
    if (isOver()) {
      return;
    }
    if (head == null && taken > LARGEST_HEAD) {
      fail(new HttpBreach("the head of the answer is larger than 256 KiB"));
    } else if (head != null && taken > LARGEST_BODY) {
      finish(true, false);
    }
  }

  void head(HttpHead read) {
    head = read;
    headed = received;
    taken = 0;
  }

  /// As much of it as there is room for.
  void body(ByteBuf bytes, int length) {
    int room = Math.min(length, KEPT - body.size());
    byte[] part = new byte[room];
    bytes.readBytes(part);
    bytes.skipBytes(length - room);
    body.writeBytes(part);
    if (body.size() == KEPT) {
      finish(true, false);
    }
  }

  /// All came, as far as it is read.
  void finish(boolean cut, boolean kept) {
    end(received, cut, kept, null);
  }

  void fail(IOException failure) {
    end(clock.now(), false, false, failure);
  }

  private void end(Moment at, boolean cut, boolean kept, @Nullable IOException failure) {
    if (!isOver()) {
      future.complete(
          new HttpExchanged(
              begin,
              sent,
              first,
              headed,
              at,
              head,
              ByteBuffer.wrap(body.toByteArray()),
              cut,
              kept,
              failure));
    }
  }
}
