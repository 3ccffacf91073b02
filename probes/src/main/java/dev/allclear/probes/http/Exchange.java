package dev.allclear.probes.http;

import dev.allclear.probes.Moment;
import dev.allclear.probes.Reply;
import dev.allclear.probes.expect.Answer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import okio.ByteString;

/// Sends one request, follows redirects, and reads the answer, within limits of time and size. Used
/// on the run's thread.
final class Exchange {

  /// RFC 9110 section 9.2.2, of which a second one does no harm.
  private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

  /// A body as it came; `cut` is true if it went on after it.
  private record Received(Buffer body, boolean cut) {}

  private final Client client;
  private final Link link;
  private final Timeline timeline;
  private final Moment deadline;

  Exchange(Client client, Link link, Timeline timeline, Moment deadline) {
    this.client = client;
    this.link = link;
    this.timeline = timeline;
    this.deadline = deadline;
  }

  Answer fetch(Request request) throws IOException {
    client.endBy(deadline);
    try {
      return follow(request);
    } finally {
      timeline.end();
    }
  }

  private Answer follow(Request request) throws IOException {
    Redirection redirection = new Redirection(link.redirects(), client.mask());
    Request sent = request;
    while (true) {
      Received received = ask(sent);
      Response head = Objects.requireNonNull(timeline.head());
      if (head.code() == 407 && timeline.isProxied()) {
        throw new ProxyFault.Unauthorized();
      }
      Request next = redirection.after(sent, head);
      if (next == null) {
        return answer(sent, head, received);
      }
      timeline.turn(Redirection.shown(next.url()));
      sent = next;
    }
  }

  private Received ask(Request request) throws IOException {
    Intake intake = client.intake();
    intake.begin(deadline);
    try {
      return askAgainIfStale(request);
    } catch (IOException e) {
      if (intake.isStarved()) {
        throw new Intake.Shortage();
      }
      throw intake.isExceeded() && timeline.head() == null
          ? new Breach("the head of the answer is larger than 256 KiB")
          : e;
    } finally {
      intake.end();
    }
  }

  private Received askAgainIfStale(Request request) throws IOException {
    try {
      return send(request);
    } catch (IOException e) {
      if (!timeline.isStale() || timeline.isCanceled() || !IDEMPOTENT.contains(request.method())) {
        throw e;
      }
      // RFC 9112 section 9.3.1: a server may close an idle connection at any time, which tells
      // nothing about its health; every client asks again on a new one.
      client.hangUp();
      return send(request);
    }
  }

  private Received send(Request request) throws IOException {
    Call call = call(request);
    try (Response response = timeline.demand().during(call)) {
      return read(call, response);
    }
  }

  /// Ready to be executed, by the deadline.
  Call call(Request request) {
    Call call = client.line(link, request.isHttps()).newCall(prepared(request));
    call.addEventListener(timeline);
    call.addEventListener(client.intake());
    // Zero would mean no limit.
    long left = Math.max(1, client.clock().now().until(deadline).toNanos());
    call.timeout().timeout(left, TimeUnit.NANOSECONDS);
    return call;
  }

  Answer answer(Request sent, Call call, Response response) throws IOException {
    Received received = read(call, response);
    return answer(sent, Objects.requireNonNull(timeline.head()), received);
  }

  /// With what the link adds to the request. Ranges are of the content as it is encoded.
  Request prepared(Request request) {
    Request.Builder prepared = request.newBuilder();
    if (request.header("Accept-Encoding") == null && request.header("Range") == null) {
      prepared.header("Accept-Encoding", Coding.ACCEPTED);
    }
    HttpProxy proxy = link.proxy();
    String authorization = proxy == null ? null : proxy.authorization();
    if (authorization != null && !request.isHttps()) {
      prepared.header(HttpProxy.AUTHORIZATION, authorization);
    }
    Target target = link.target();
    if (target != null && target.port() > 0) {
      lead(prepared, request, target.port());
    }
    return prepared.build();
  }

  /// Asks another port for what it is to take for its own.
  private static void lead(Request.Builder prepared, Request request, int port) {
    HttpUrl url = request.url();
    String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
    boolean usual = url.port() == HttpUrl.defaultPort(url.scheme());
    prepared.url(url.newBuilder().port(port).build());
    if (request.header("Host") == null) {
      prepared.header("Host", usual ? host : host + ":" + url.port());
    }
  }

  private Received read(Call call, Response response) throws IOException {
    checkLength(Objects.requireNonNull(timeline.head()));
    BufferedSource source = response.body().source();
    boolean cut;
    try {
      cut = source.request(Reply.Http.MOST_BYTES + 1L);
    } catch (IOException e) {
      if (!client.intake().isExceeded() || timeline.isCanceled()) {
        throw e;
      }
      cut = true;
    } finally {
      timeline.received(start(source.getBuffer()));
    }
    timeline.end();
    Buffer body = new Buffer();
    body.write(source.getBuffer(), timeline.bytes());
    if (cut) {
      // Else closing would read on, to keep the connection.
      call.cancel();
    }
    return new Received(body, cut);
  }

  /// RFC 9112 section 6.3: nobody knows where such an answer ends.
  static void checkLength(Response head) throws Breach {
    List<String> lengths = head.headers().values("Content-Length").stream().distinct().toList();
    if (lengths.size() > 1) {
      throw new Breach(
          "the answer has more than one Content-Length: " + String.join(", ", lengths));
    }
  }

  /// Of a body that came, and went on if it is `cut`.
  Answer answer(Request sent, Response head, ByteBuffer bytes, boolean cut) throws IOException {
    Buffer body = new Buffer();
    var _ = body.write(bytes.duplicate());
    timeline.received(start(body));
    body.clear();
    body.write(timeline.body());
    return answer(sent, head, new Received(body, cut));
  }

  private Answer answer(Request sent, Response head, Received received) throws IOException {
    Buffer content =
        new Coding(Reply.Http.MOST_BYTES + 1L)
            .decode(received.body(), head.headers(), received.cut());
    boolean cut = received.cut() || content.size() > Reply.Http.MOST_BYTES;
    timeline.received(start(content));
    String body = content.readString(timeline.bytes(), charset(head));
    String text = body.startsWith("\uFEFF") ? body.substring(1) : body;
    Answer.Body read = new Answer.Body(text, timeline.bytes(), cut);
    return answer(sent, head, read);
  }

  Answer answer(Request sent, Response head, Answer.Body body) {
    return new Answers(sent.url(), timeline, client.cookies()).of(head, body);
  }

  private static ByteString start(Buffer bytes) {
    return bytes.snapshot((int) Math.min(Reply.Http.MOST_BYTES, bytes.size()));
  }

  static Charset charset(Response head) {
    String type = head.header("Content-Type");
    MediaType media = type == null ? null : MediaType.parse(type);
    Charset charset = media == null ? null : media.charset(StandardCharsets.UTF_8);
    return charset == null ? StandardCharsets.UTF_8 : charset;
  }
}
