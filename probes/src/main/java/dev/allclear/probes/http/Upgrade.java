package dev.allclear.probes.http;

import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import okhttp3.Request;
import okhttp3.Response;
import okio.ByteString;

/// The opening handshake of a WebSocket (RFC 6455 section 4).
final class Upgrade {

  static final int STATUS = 101;

  private static final String KEY = "Sec-WebSocket-Key";
  private static final String SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private Upgrade() {}

  /// Makes it one.
  static Request.Builder of(Request.Builder request) {
    byte[] key = new byte[16];
    ThreadLocalRandom.current().nextBytes(key);
    return request
        .header("Connection", "Upgrade")
        .header("Upgrade", "websocket")
        .header("Sec-WebSocket-Version", "13")
        .header(KEY, Base64.getEncoder().encodeToString(key));
  }

  static boolean isAskedBy(Request request) {
    return request.header(KEY) != null;
  }

  /// @throws Breach if the answer opens no WebSocket, or not the one that was asked for
  static void check(Request request, Response response) throws Breach {
    String upgrade = response.header("Upgrade");
    if (response.socket() == null || !"websocket".equalsIgnoreCase(upgrade)) {
      throw new Breach("status 101 without `Connection: Upgrade` and `Upgrade: websocket`");
    }
    String expected = ByteString.encodeUtf8(request.header(KEY) + SUFFIX).sha1().base64();
    if (!expected.equals(response.header("Sec-WebSocket-Accept"))) {
      throw new Breach("status 101 without the Sec-WebSocket-Accept that belongs to the request");
    }
    if (response.header("Sec-WebSocket-Extensions") != null) {
      throw new Breach("status 101 with a WebSocket extension that was not asked for");
    }
  }
}
