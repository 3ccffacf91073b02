package dev.allclear.probes.journey;

import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import dev.allclear.probes.expect.Answer;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;

/// Sends one request and reads its answer, within limits of time and size. Used on the run's
/// thread.
final class Exchange {

  private static final int BODY_LIMIT = 1024 * 1024;

  /// RFC 9110 section 9.2.2, of which a second one does no harm.
  private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

  private final OkHttpClient client;
  private final Clock clock;
  private final Timeline timeline;
  private final Moment deadline;

  Exchange(OkHttpClient client, Clock clock, Timeline timeline, Moment deadline) {
    this.client = client;
    this.clock = clock;
    this.timeline = timeline;
    this.deadline = deadline;
  }

  Answer fetch(Request request, boolean json) throws IOException {
    try {
      return send(request, json);
    } catch (IOException e) {
      if (!timeline.isStale() || timeline.isCanceled() || !IDEMPOTENT.contains(request.method())) {
        throw e;
      }
      // RFC 9112 section 9.3.1: a server may close an idle connection at any time, which tells
      // nothing about its health; every client asks again on a new one.
      client.connectionPool().evictAll();
      return send(request, json);
    } finally {
      timeline.end();
    }
  }

  private Answer send(Request request, boolean json) throws IOException {
    Call call = client.newCall(request);
    call.addEventListener(timeline);
    // Zero would mean no limit.
    long left = Math.max(1, clock.now().until(deadline).toNanos());
    call.timeout().timeout(left, TimeUnit.NANOSECONDS);
    try (Response response = call.execute()) {
      return read(call, response, json);
    }
  }

  private Answer read(Call call, Response response, boolean json) throws IOException {
    Response head = Objects.requireNonNull(timeline.head());
    BufferedSource source = response.body().source();
    boolean cut;
    try {
      cut = source.request(BODY_LIMIT + 1L);
    } finally {
      Buffer read = source.getBuffer();
      timeline.received(read.snapshot((int) Math.min(BODY_LIMIT, read.size())));
    }
    timeline.end();
    String body = source.readString(timeline.bytes(), charset(head));
    if (cut) {
      // Else closing would read on, to keep the connection.
      call.cancel();
    }
    String text = body.startsWith("\uFEFF") ? body.substring(1) : body;
    return Answer.of(head.code(), headers(head), text, cut, json);
  }

  private static List<Answer.Header> headers(Response head) {
    List<Answer.Header> headers = new ArrayList<>();
    head.headers()
        .forEach(line -> headers.add(new Answer.Header(line.getFirst(), line.getSecond())));
    return headers;
  }

  static Charset charset(Response head) {
    String type = head.header("Content-Type");
    MediaType media = type == null ? null : MediaType.parse(type);
    Charset charset = media == null ? null : media.charset(StandardCharsets.UTF_8);
    return charset == null ? StandardCharsets.UTF_8 : charset;
  }
}
