package dev.allclear.probes.http;

import dev.allclear.probes.Evidence;
import dev.allclear.probes.template.Mask;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSink;
import okio.Okio;
import okio.Sink;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/// Writes down what one attempt sent and what came back. Secrets are masked before anything is cut,
/// since half of one would not be recognized.
final class Transcript {

  /// Bytes of a body that are looked at; far more than are shown.
  private static final int WINDOW = 64 * 1024;

  private final Timeline timeline;
  private final Mask mask;

  Transcript(Timeline timeline, Mask mask) {
    this.timeline = timeline;
    this.mask = mask;
  }

  /// `line` is method and URL as they may be shown; `prepared` stands in for a request of which
  /// nothing was sent; `whole` is true if all of the answer's body came.
  Evidence of(String line, Request prepared, boolean whole, List<Evidence.Check> checks) {
    Request sent = timeline.sent();
    return Evidence.of(request(line, sent == null ? prepared : sent), answer(whole), checks);
  }

  private Evidence.Message request(String line, Request request) {
    Start body = new Start();
    write(request.body(), body);
    return Evidence.Message.sent(
        line, fields(request.headers()), text(body, StandardCharsets.UTF_8), body.cut);
  }

  private Evidence.@Nullable Message answer(boolean whole) {
    Response head = timeline.head();
    if (head == null) {
      return null;
    }
    Start body = new Start();
    body.write(new Buffer().write(timeline.body()), timeline.body().size());
    body.cut |= !whole;
    String line = head.protocol() + " " + head.code() + " " + mask.redacted(head.message(), false);
    return Evidence.Message.received(
        line.strip(), fields(head.headers()), text(body, Exchange.charset(head)), body.cut);
  }

  private List<Evidence.Field> fields(Headers headers) {
    List<Evidence.Field> fields = new ArrayList<>();
    headers.forEach(line -> fields.add(field(line.getFirst(), line.getSecond())));
    return fields;
  }

  private Evidence.Field field(String name, String value) {
    return new Evidence.Field(mask.redacted(name, false), mask.header(name, value));
  }

  private String text(Start body, Charset charset) {
    return mask.redacted(body.kept.readString(charset), body.cut);
  }

  /// One that can be sent only once has been.
  private static void write(@Nullable RequestBody body, Start start) {
    if (body == null || body.isOneShot() || body.isDuplex()) {
      return;
    }
    try (BufferedSink sink = Okio.buffer(start)) {
      body.writeTo(sink);
    } catch (IOException _) {
      // A file that has gone since: what was read of it is shown.
      start.cut = true;
    }
  }

  /// Takes any number of bytes and keeps the first of them.
  private static final class Start implements Sink {
    private final Buffer kept = new Buffer();
    private boolean cut;

    @Override
    public void write(Buffer source, long size) {
      long room = Math.min(size, WINDOW - kept.size());
      kept.write(source, room);
      cut |= room < size;
      try {
        source.skip(size - room);
      } catch (IOException e) {
        throw new IllegalStateException("fewer bytes than announced", e);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public Timeout timeout() {
      return Timeout.NONE;
    }
  }
}
