package dev.allclear.probes.wire;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one answer in HTTP/1 (RFC 9112) as its bytes come, as lenient as browsers are, and tells
/// what is wrong with it in the words that OkHttp has for it. Its size is the caller's to watch.
final class Http1Answer {

  /// What is read next.
  private enum Part {
    STATUS,
    FIELDS,
    CONTENT,
    REST,
    CHUNK,
    CHUNK_CONTENT,
    CHUNK_END,
    TRAILERS,
    DONE
  }

  private static final Pattern STATUS =
      Pattern.compile("(?:HTTP/1\\.([01])|ICY) (\\d{3})(?: (.*))?", Pattern.DOTALL);
  private static final int LONGEST_SIZE = 16;

  private final boolean bodiless;
  private final Answering answering;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final List<HttpField> fields = new ArrayList<>();
  private Part part = Part.STATUS;
  private String protocol = HttpRoute.ONE;
  private int status;
  private String message = "";
  private long left;
  private boolean persistent;

  /// `bodiless` is true of the answer to a HEAD.
  Http1Answer(boolean bodiless, Answering answering) {
    this.bodiless = bodiless;
    this.answering = answering;
  }

  boolean isDone() {
    return part == Part.DONE;
  }

  /// All that belongs to it.
  void read(ByteBuf bytes) throws IOException {
    while (bytes.isReadable() && part != Part.DONE && !answering.isOver()) {
      switch (part) {
        case CONTENT, CHUNK_CONTENT -> content(bytes);
        case REST -> answering.body(bytes, bytes.readableBytes());
        case CHUNK -> {
          checkSize(bytes);
          line(bytes);
        }
        case STATUS, FIELDS, CHUNK_END, TRAILERS -> line(bytes);
        case DONE -> {}
      }
    }
  }

  /// The connection ended.
  void end() throws IOException {
    switch (part) {
      case STATUS, FIELDS ->
          // The words by which it is told whether anything had come.
          throw new EOFException("\\n not found: limit=" + line.size() + " content=");
      case REST -> done();
      case CONTENT, CHUNK, CHUNK_CONTENT, CHUNK_END, TRAILERS ->
          throw new ProtocolException("unexpected end of stream");
      case DONE -> {}
    }
  }

  private void content(ByteBuf bytes) {
    int length = (int) Math.min(left, bytes.readableBytes());
    left -= length;
    answering.body(bytes, length);
    if (left == 0) {
      if (part == Part.CONTENT) {
        done();
      } else {
        part = Part.CHUNK_END;
      }
    }
  }

  private void line(ByteBuf bytes) throws IOException {
    int end = bytes.bytesBefore((byte) '\n');
    int length = end < 0 ? bytes.readableBytes() : end;
    byte[] read = new byte[length];
    bytes.readBytes(read);
    line.writeBytes(read);
    if (end >= 0) {
      bytes.skipBytes(1);
      String text = line.toString(StandardCharsets.UTF_8);
      line.reset();
      line(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
  }

  private void line(String text) throws IOException {
    switch (part) {
      case STATUS -> status(text);
      case FIELDS -> field(text);
      case CHUNK -> size(text);
      case CHUNK_END -> part = Part.CHUNK;
      case TRAILERS -> {
        if (text.isEmpty()) {
          done();
        }
      }
      case CONTENT, CHUNK_CONTENT, REST, DONE -> {}
    }
  }

  private void status(String text) throws ProtocolException {
    Matcher matcher = STATUS.matcher(text);
    if (!matcher.matches()) {
      throw new ProtocolException("Unexpected status line: " + text);
    }
    protocol = "1".equals(matcher.group(1)) ? HttpRoute.ONE : "http/1.0";
    status = Integer.parseInt(matcher.group(2));
    message = matcher.group(3) == null ? "" : matcher.group(3);
    part = Part.FIELDS;
  }

  private void field(String text) throws ProtocolException {
    if (!text.isEmpty()) {
      int colon = text.indexOf(':');
      fields.add(
          colon < 0
              ? new HttpField("", text.strip())
              : new HttpField(text.substring(0, colon), text.substring(colon + 1).strip()));
      return;
    }
    boolean interim = status == 100 || (status > 101 && status < 200);
    if (interim) {
      fields.clear();
      part = Part.STATUS;
    } else {
      headed();
    }
  }

  private void headed() throws ProtocolException {
    HttpHead head = new HttpHead(protocol, status, message, fields);
    answering.head(head);
    boolean chunked = head.value("Transfer-Encoding").equalsIgnoreCase("chunked");
    long length = length(head.value("Content-Length"));
    persistent = isPersistent(head);
    if ((status == 204 || status == 205) && length > 0) {
      throw new ProtocolException(
          "HTTP %d had non-zero Content-Length: %d".formatted(status, length));
    }
    boolean none = (status < 200 || status == 204 || status == 304) && length < 0 && !chunked;
    if (bodiless || none) {
      done();
    } else if (chunked) {
      part = Part.CHUNK;
    } else if (length >= 0) {
      left = length;
      part = Part.CONTENT;
      if (left == 0) {
        done();
      }
    } else {
      persistent = false;
      part = Part.REST;
    }
  }

  private static boolean isPersistent(HttpHead head) {
    String connection = head.value("Connection").toLowerCase(Locale.ROOT);
    return head.protocol().equals(HttpRoute.ONE)
        ? !connection.contains("close")
        : connection.contains("keep-alive");
  }

  /// -1 if nothing is said, or nothing that can be read.
  private static long length(String text) {
    try {
      return text.startsWith("-") ? -1 : Long.parseLong(text);
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  /// Before the line is whole, since a server that sends no size may never end it.
  private void checkSize(ByteBuf bytes) throws ProtocolException {
    if (line.size() == 0 && !isHex(bytes.getByte(bytes.readerIndex()))) {
      throw new ProtocolException(
          "Expected leading [0-9a-fA-F] character but was 0x%x"
              .formatted(bytes.getByte(bytes.readerIndex())));
    }
  }

  private static boolean isHex(int octet) {
    return Character.digit(octet, 16) >= 0;
  }

  private void size(String text) throws ProtocolException {
    IntPredicate hex = Http1Answer::isHex;
    int digits = (int) text.chars().takeWhile(hex).count();
    if (digits == 0 || digits > LONGEST_SIZE) {
      throw new ProtocolException("Number too large: " + text.substring(0, digits));
    }
    left = Long.parseUnsignedLong(text.substring(0, digits), 16);
    String extensions = text.substring(digits).strip();
    if (left < 0 || !(extensions.isEmpty() || extensions.startsWith(";"))) {
      throw new ProtocolException(
          "expected chunk size and optional extensions but was \"%d%s\""
              .formatted(left, extensions));
    }
    part = left == 0 ? Part.TRAILERS : Part.CHUNK_CONTENT;
  }

  private void done() {
    part = Part.DONE;
    answering.finish(false, persistent);
  }
}
