package dev.allclear.probes.journey;

import static dev.allclear.probes.journey.RawServer.drain;
import static dev.allclear.probes.journey.RawServer.readRequest;
import static dev.allclear.probes.journey.RawServer.write;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.http.Link;
import dev.allclear.probes.http.Redirects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import okhttp3.tls.HeldCertificate;

/// What a server may do to its clients, and what is to be said of it. In the detail `LIMIT` stands
/// for the time allowed and `PORT` for the server's.
record Hostility(
    String name, String scheme, Link link, RawServer.Conversation conversation, Outcome outcome) {

  private static final String HEAD = "HTTP/1.1 200 OK\r\n";
  private static final String NO_NEEDLE = "body does not contain \"needle\"";
  private static final String TOO_LARGE = "the head of the answer is larger than 256 KiB";

  /// 64 MiB of zeros, with a window of 16 MiB.
  private static final byte[] BROTLI_BOMB =
      Base64.getMimeDecoder()
          .decode("z///fwAkAOKxQHLv//n//w+ABEAcFoDu/T////8BkACIwwLQvf/n//8/ABIAcVgAuvf/Aw==");

  private static final byte[] GZIP_BOMB = gzip(new byte[1024], 64 * 1024);

  @Override
  public String toString() {
    return name;
  }

  /// Asks such a server.
  Observation meet(Duration limit) throws IOException {
    try (RawServer server = RawServer.start(conversation)) {
      return run(server, limit);
    }
  }

  Observation run(RawServer server, Duration limit) {
    return Trial.run(probe(server, limit));
  }

  JourneyProbe probe(RawServer server, Duration limit) {
    Step step =
        Trial.get(scheme + "://shop.example:" + server.port() + "/a")
            .expect(Expectation.contains(Trial.template("needle")))
            .within(limit)
            .step()
            .over(link);
    return Trial.probe(limit.plusSeconds(1), Trial.LOOPBACK, step);
  }

  /// Not among them all: whether OkHttp's reader or its writer is the first to notice is chance.
  static Hostility oneWhereTwoIsExpected() {
    return new Hostility(
        "HTTP/1.1 where h2c is expected",
        "http",
        Link.DEFAULT.speaking(Link.Http.CLEARTEXT_TWO),
        (socket, _) -> {
          var _ = socket.getInputStream().readNBytes(80); // As far as the request.
          write(socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
          drain(socket);
        },
        Outcome.fail(Cause.PROTOCOL, "the server answered HTTP/2 with HTTP/1"));
  }

  /// True if only the limit ends it.
  boolean isTimeout() {
    return outcome instanceof Outcome.Failed(Cause cause, String _) && cause == Cause.TIMEOUT;
  }

  Outcome expected(int port, Duration limit) {
    return outcome instanceof Outcome.Failed(Cause cause, String detail)
        ? Outcome.fail(
            cause, detail.replace("LIMIT", Figures.written(limit)).replace("PORT", "" + port))
        : outcome;
  }

  static List<Hostility> all() {
    List<Hostility> all = new ArrayList<>();
    all.addAll(bodies());
    all.addAll(heads());
    all.addAll(framing());
    all.addAll(streams());
    all.addAll(handshakes());
    return all;
  }

  private static List<Hostility> bodies() {
    return List.of(
        http(
            "endless body",
            Cause.ASSERTION,
            NO_NEEDLE + " in the first 1 MiB",
            socket -> {
              write(socket, HEAD + "\r\n");
              flood(socket, "x".repeat(1000));
            }),
        http(
            "endless chunks",
            Cause.ASSERTION,
            NO_NEEDLE + " in the first 1 MiB",
            socket -> {
              write(socket, HEAD + "Transfer-Encoding: chunked\r\n\r\n");
              flood(socket, "1\r\nx\r\n".repeat(200));
            }),
        http(
            "gzip bomb",
            Cause.ASSERTION,
            NO_NEEDLE + " in the first 1 MiB",
            socket -> answer(socket, "Content-Encoding: gzip", GZIP_BOMB)),
        http(
            "brotli bomb",
            Cause.ASSERTION,
            NO_NEEDLE + " in the first 1 MiB",
            socket -> answer(socket, "Content-Encoding: br", BROTLI_BOMB)),
        http(
            "gzip in gzip in gzip",
            Cause.PROTOCOL,
            "the body is encoded 3 times",
            socket -> answer(socket, "Content-Encoding: gzip, gzip, gzip", GZIP_BOMB)),
        http(
            "gzip that is none",
            Cause.PROTOCOL,
            "the body is not valid gzip: Not in GZIP format",
            socket -> answer(socket, "Content-Encoding: gzip", new byte[100])),
        http(
            "gzip cut short",
            Cause.PROTOCOL,
            "the gzip body breaks off",
            socket ->
                answer(
                    socket,
                    "Content-Encoding: gzip",
                    start(gzip("needle".getBytes(StandardCharsets.US_ASCII), 1)))),
        http(
            "brotli cut short",
            Cause.PROTOCOL,
            "the br body breaks off",
            socket ->
                answer(
                    socket,
                    "Content-Encoding: br",
                    start(Base64.getDecoder().decode("jwmAbmVlZGxlIGluIGEgaGF5c3RhY2sD")))),
        http(
            "trickled head",
            Cause.TIMEOUT,
            "no answer within LIMIT (connected, request sent)",
            socket -> trickle(socket, HEAD + "X-Slow: " + "a".repeat(10_000))),
        http(
            "body that stops",
            Cause.TIMEOUT,
            "no complete answer within LIMIT (3 bytes of the body read)",
            socket -> {
              write(socket, HEAD + "Content-Length: 9\r\n\r\nabc");
              drain(socket);
            }),
        http(
            "invalid UTF-8",
            Cause.ASSERTION,
            NO_NEEDLE,
            socket ->
                answer(
                    socket,
                    "Content-Type: text/html; charset=utf-8",
                    HexFormat.of().parseHex("fffec080"))));
  }

  private static List<Hostility> heads() {
    return List.of(
        http(
            "huge header",
            Cause.PROTOCOL,
            TOO_LARGE,
            socket -> {
              write(socket, HEAD + "X-Huge: ");
              flood(socket, "y".repeat(1000));
            }),
        http(
            "headers without end",
            Cause.PROTOCOL,
            TOO_LARGE,
            socket -> {
              write(socket, HEAD);
              flood(socket, "X-Many: y\r\n".repeat(100));
            }),
        http(
            "endless 100 Continue",
            Cause.PROTOCOL,
            TOO_LARGE,
            socket -> flood(socket, "HTTP/1.1 100 Continue\r\n\r\n".repeat(40))),
        http(
            "endless Early Hints",
            Cause.PROTOCOL,
            TOO_LARGE,
            socket -> flood(socket, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(40))),
        new Hostility(
            "redirect loop",
            "http",
            Link.DEFAULT.following(Redirects.FOLLOW),
            (socket, _) -> {
              readRequest(socket);
              write(socket, "HTTP/1.1 302 Found\r\nLocation: /a\r\nContent-Length: 0\r\n\r\n");
            },
            Outcome.fail(
                Cause.PROTOCOL,
                "redirected in a loop: after 10 redirects again to http://shop.example:PORT/a")),
        http(
            "HTTP/0.9",
            Cause.PROTOCOL,
            "malformed answer: Unexpected status line: hello",
            socket -> write(socket, "hello\nneedle\n")),
        http(
            "status line without number",
            Cause.PROTOCOL,
            "malformed answer: Unexpected status line: HTTP/1.1 abc OK",
            socket -> write(socket, "HTTP/1.1 abc OK\r\n\r\nneedle")),
        http(
            "upgrade that nobody asked for",
            Cause.STATUS,
            "status 101, expected 200-299; " + NO_NEEDLE,
            socket ->
                write(
                    socket,
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nneedle")),
        passed("NUL in a header", HEAD + "X-Nul: a\0b\r\nContent-Length: 6\r\n\r\nneedle"));
  }

  private static List<Hostility> framing() {
    return List.of(
        http(
            "invalid chunk",
            Cause.PROTOCOL,
            "malformed answer: Expected leading [0-9a-fA-F] character but was 0x78",
            socket -> write(socket, HEAD + "Transfer-Encoding: chunked\r\n\r\nxyz\r\nneedle")),
        http(
            "body shorter than Content-Length",
            Cause.PROTOCOL,
            "connection closed in the middle of the answer",
            socket -> write(socket, HEAD + "Content-Length: 9\r\n\r\nneedle")),
        passed(
            "body longer than Content-Length", HEAD + "Content-Length: 6\r\n\r\nneedle and more"),
        http(
            "two Content-Lengths",
            Cause.PROTOCOL,
            "the answer has more than one Content-Length: 6, 9",
            socket -> write(socket, HEAD + "Content-Length: 6\r\nContent-Length: 9\r\n\r\nneedle")),
        http(
            "reset before the answer",
            Cause.PROTOCOL,
            "Connection reset",
            socket -> socket.setSoLinger(true, 0)),
        http(
            "reset within the answer",
            Cause.PROTOCOL,
            "connection reset in the middle of the answer",
            socket -> {
              write(socket, HEAD + "Content-Length: 1000000\r\n\r\n");
              fillBuffers(socket);
              socket.setSoLinger(true, 0);
            }));
  }

  private static List<Hostility> streams() {
    List<Hostility> streams =
        new ArrayList<>(
            List.of(
                stream(
                    "h2 endless body",
                    Cause.ASSERTION,
                    NO_NEEDLE + " in the first 1 MiB",
                    (frames, stream) -> {
                      frames.write(Frames.HEADERS, Frames.END_HEADERS, stream, Frames.STATUS_200);
                      while (true) {
                        frames.write(Frames.DATA, 0, stream, new byte[16_384]);
                      }
                    }),
                stream(
                    "h2 reset within the answer",
                    Cause.PROTOCOL,
                    "the server reset the HTTP/2 stream in the middle of the answer: INTERNAL_ERROR",
                    (frames, stream) -> {
                      frames.write(Frames.HEADERS, Frames.END_HEADERS, stream, Frames.STATUS_200);
                      frames.write(Frames.RST_STREAM, 0, stream, Frames.code(2));
                      frames.request(); // To close would race with what the client still says.
                    }),
                stream(
                    "h2 GOAWAY",
                    Cause.PROTOCOL,
                    "the server reset the HTTP/2 stream: REFUSED_STREAM",
                    (frames, _) -> {
                      frames.write(Frames.GOAWAY, 0, 0, Frames.code(0, 11));
                      frames.request();
                    }),
                stream(
                    "h2 CONTINUATION flood",
                    Cause.PROTOCOL,
                    TOO_LARGE,
                    (frames, stream) -> {
                      frames.write(Frames.HEADERS, 0, stream, Frames.STATUS_200);
                      byte[] header = "\0\1a\1b".repeat(3000).getBytes(StandardCharsets.ISO_8859_1);
                      while (true) {
                        frames.write(Frames.CONTINUATION, 0, stream, header);
                      }
                    }),
                stream(
                    "h2 PING flood",
                    Cause.PROTOCOL,
                    TOO_LARGE,
                    (frames, _) -> {
                      while (true) {
                        frames.write(Frames.PING, 1, 0, new byte[8]);
                      }
                    }),
                stream(
                    "h2 SETTINGS flood",
                    Cause.PROTOCOL,
                    TOO_LARGE,
                    (frames, _) -> {
                      while (true) {
                        frames.write(Frames.SETTINGS, 1, 0, new byte[0]);
                      }
                    })));
    List<String> codes =
        List.of(
            "NO_ERROR",
            "PROTOCOL_ERROR",
            "INTERNAL_ERROR",
            "FLOW_CONTROL_ERROR",
            "SETTINGS_TIMEOUT",
            "STREAM_CLOSED",
            "FRAME_SIZE_ERROR",
            "REFUSED_STREAM",
            "CANCEL",
            "COMPRESSION_ERROR",
            "CONNECT_ERROR",
            "ENHANCE_YOUR_CALM",
            "INADEQUATE_SECURITY",
            "HTTP_1_1_REQUIRED");
    for (int code = 0; code < codes.size(); code++) {
      int word = code;
      streams.add(
          stream(
              "h2 " + codes.get(code),
              Cause.PROTOCOL,
              "the server reset the HTTP/2 stream: " + codes.get(code),
              (frames, stream) -> {
                frames.write(Frames.RST_STREAM, 0, stream, Frames.code(word));
                frames.request();
              }));
    }
    return streams;
  }

  private static List<Hostility> handshakes() {
    Link trusting = Link.DEFAULT.secured(Certificates.trusting());
    return List.of(
        tls(
            "expired",
            trusting,
            Certificates.EXPIRED,
            "the certificate has expired: NotAfter: "
                + Certificates.EXPIRED.certificate().getNotAfter()),
        tls(
            "not valid yet",
            trusting,
            Certificates.EARLY,
            "the certificate is not valid yet: NotBefore: "
                + Certificates.EARLY.certificate().getNotBefore()),
        tls(
            "other host",
            trusting,
            Certificates.OTHER_HOST,
            "the certificate is for another host: other.example"),
        tls(
            "self-signed",
            trusting,
            Certificates.SELF_SIGNED,
            "the certificate is not signed by a trusted authority"),
        tls(
            "unknown authority",
            trusting,
            Certificates.FOREIGN,
            "the certificate is not signed by a trusted authority"),
        tls(
            "authority unknown to the system",
            Link.DEFAULT,
            Certificates.GOOD,
            "the certificate is not signed by a trusted authority"),
        hello(
            "TLS 1.1",
            "160302002a020000260302" + "00".repeat(32) + "00c01300",
            "the server chose TLS 1.1, which is too old"),
        hello(
            "handshake alert",
            "15030300020228",
            "the server ended TLS with the alert handshake_failure"),
        hello(
            "protocol alert",
            "15030300020246",
            "the server ended TLS with the alert protocol_version"),
        hello("closed in the handshake", "", "connection closed in the TLS handshake"),
        hello(
            "no TLS",
            HexFormat.of()
                .formatHex("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
            "the server does not speak TLS on this port"));
  }

  /// A server that talks once it was asked.
  private interface Talk {
    void hold(Socket socket) throws IOException;
  }

  private interface Stream {
    void hold(Frames frames, int stream) throws IOException;
  }

  private static Hostility http(String name, Cause cause, String detail, Talk talk) {
    return new Hostility(
        name,
        "http",
        Link.DEFAULT,
        (socket, _) -> {
          readRequest(socket);
          talk.hold(socket);
        },
        Outcome.fail(cause, detail));
  }

  private static Hostility passed(String name, String answer) {
    return new Hostility(
        name,
        "http",
        Link.DEFAULT,
        (socket, _) -> {
          readRequest(socket);
          write(socket, answer);
        },
        Outcome.pass());
  }

  private static Hostility stream(String name, Cause cause, String detail, Stream stream) {
    return new Hostility(
        name,
        "http",
        Link.DEFAULT.speaking(Link.Http.CLEARTEXT_TWO),
        (socket, _) -> {
          Frames frames = Frames.open(socket);
          stream.hold(frames, frames.request());
        },
        Outcome.fail(cause, detail));
  }

  private static Hostility tls(String name, Link link, HeldCertificate held, String detail) {
    return new Hostility(
        name, "https", link, Certificates.showing(held), Outcome.fail(Cause.TLS, detail));
  }

  /// Answers a ClientHello with these octets.
  private static Hostility hello(String name, String hex, String detail) {
    return new Hostility(
        name,
        "https",
        Link.DEFAULT,
        (socket, _) -> {
          var _ = socket.getInputStream().read(new byte[16_384]);
          socket.getOutputStream().write(HexFormat.of().parseHex(hex));
          socket.shutdownOutput();
          drain(socket);
        },
        Outcome.fail(Cause.TLS, detail));
  }

  private static void answer(Socket socket, String header, byte[] body) throws IOException {
    write(socket, HEAD + header + "\r\nContent-Length: " + body.length + "\r\n\r\n");
    socket.getOutputStream().write(body);
  }

  private static void flood(Socket socket, String text) throws IOException {
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    while (true) {
      socket.getOutputStream().write(octets);
    }
  }

  private static void trickle(Socket socket, String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      write(socket, text.substring(i, i + 1));
      awaitNothing(socket);
    }
  }

  /// Sends more than the system keeps for a client that does not read: what came before it has been
  /// read in the end.
  private static void fillBuffers(Socket socket) throws IOException {
    socket.setSendBufferSize(4096);
    socket.getOutputStream().write(new byte[900_000]);
  }

  /// A moment in which the client says nothing more.
  private static void awaitNothing(Socket socket) throws IOException {
    socket.setSoTimeout(20);
    try {
      if (socket.getInputStream().read() < 0) {
        throw new IOException("the client has left");
      }
    } catch (SocketTimeoutException _) {
      // As it should be.
    }
  }

  private static byte[] start(byte[] octets) {
    return Arrays.copyOf(octets, octets.length * 2 / 3);
  }

  private static byte[] gzip(byte[] content, int times) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(octets)) {
      for (int i = 0; i < times; i++) {
        out.write(content);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return octets.toByteArray();
  }
}
