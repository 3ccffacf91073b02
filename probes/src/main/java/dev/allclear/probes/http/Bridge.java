package dev.allclear.probes.http;

import dev.allclear.probes.wire.HttpField;
import dev.allclear.probes.wire.HttpHead;
import dev.allclear.probes.wire.HttpRoute;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import okhttp3.Cookie;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;

/// What OkHttp adds to a request on its way out, and its types in those of the wire.
record Bridge(Cookies cookies) {

  /// As it goes over the network.
  Request over(Request request) throws IOException {
    Request.Builder sent = request.newBuilder();
    RequestBody body = request.body();
    if (body != null) {
      MediaType type = body.contentType();
      if (type != null) {
        sent.header("Content-Type", type.toString());
      }
      sent.header("Content-Length", String.valueOf(body.contentLength()));
    }
    if (request.header("Host") == null) {
      sent.header("Host", host(request.url()));
    }
    if (request.header("Connection") == null) {
      sent.header("Connection", "Keep-Alive");
    }
    List<Cookie> known = cookies.loadForRequest(request.url());
    if (!known.isEmpty()) {
      sent.header(
          "Cookie",
          known.stream()
              .map(each -> each.name() + "=" + each.value())
              .collect(Collectors.joining("; ")));
    }
    return OwnCookies.joined(sent.build());
  }

  private static String host(HttpUrl url) {
    String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
    return url.port() == HttpUrl.defaultPort(url.scheme()) ? host : host + ":" + url.port();
  }

  static List<HttpField> fields(Headers headers) {
    List<HttpField> fields = new ArrayList<>();
    headers.forEach(line -> fields.add(new HttpField(line.getFirst(), line.getSecond())));
    return fields;
  }

  /// Without the lines that have no name.
  static Headers headers(List<HttpField> fields) {
    Headers.Builder headers = new Headers.Builder();
    for (HttpField field : fields) {
      if (field.name().matches("[\\x21-\\x7e]+")) {
        headers.addUnsafeNonAscii(field.name(), field.value());
      }
    }
    return headers.build();
  }

  static ByteBuffer body(Request sent) throws IOException {
    Buffer content = new Buffer();
    if (sent.body() != null) {
      sent.body().writeTo(content);
    }
    return ByteBuffer.wrap(content.readByteArray());
  }

  static Protocol protocol(HttpHead head, Request sent) {
    return switch (head.protocol()) {
      case HttpRoute.TWO -> sent.isHttps() ? Protocol.HTTP_2 : Protocol.H2_PRIOR_KNOWLEDGE;
      case HttpRoute.ONE -> Protocol.HTTP_1_1;
      default -> Protocol.HTTP_1_0;
    };
  }
}
