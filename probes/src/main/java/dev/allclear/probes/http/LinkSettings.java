package dev.allclear.probes.http;

import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.Authenticator;
import okhttp3.Connection;
import okhttp3.ConnectionSpec;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/// The OkHttp settings of a link, which all clients share: no retries, redirects, proxies or
/// time-outs of its own. Each is made when it is needed first.
final class LinkSettings {

  private LinkSettings() {}

  /// Loads no trust store, which would cost some 50 ms and 1 MB.
  private static final class Plain {
    static final OkHttpClient CLIENT =
        builder().connectionSpecs(List.of(ConnectionSpec.CLEARTEXT)).build();
  }

  private static final class Secure {
    static final TlsContext CONTEXT = TlsContext.of(null, null, null);

    /// TLS 1.2 and 1.3 only.
    static final OkHttpClient CLIENT =
        Plain.CLIENT
            .newBuilder()
            .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT))
            .sslSocketFactory(CONTEXT.sockets(), CONTEXT.trust())
            .build();
  }

  /// For http or https; OkHttp wants to know the protocols of the two apart. Connections are shared
  /// by links to which `sockets` gives the same.
  static OkHttpClient.Builder of(
      Link link, boolean secure, Function<TlsContext, SSLSocketFactory> sockets) {
    OkHttpClient.Builder client =
        (secure ? Secure.CLIENT : Plain.CLIENT)
            .newBuilder()
            .protocols(protocols(link.http(), secure));
    Tls tls = link.tls();
    if (secure || tls != null) {
      TlsContext context = tls == null ? Secure.CONTEXT : tls.context();
      client.sslSocketFactory(sockets.apply(context), context.trust());
      if (context.name() != null) {
        client.hostnameVerifier(new Named(context.name()));
      }
    }
    HttpProxy proxy = link.proxy();
    if (proxy != null) {
      client.proxy(proxy.asked()).proxyAuthenticator(new ProxyLogin(proxy));
    }
    if (link.http().demandsTwo()) {
      client.addNetworkInterceptor(LinkSettings::demandTwo);
    }
    return client;
  }

  /// What TLS over such a link is made of.
  static TlsContext context(Link link) {
    return link.tls() == null ? Secure.CONTEXT : link.tls().context();
  }

  /// Who says whether a certificate is a host's.
  static HostnameVerifier verifier() {
    return Plain.CLIENT.hostnameVerifier();
  }

  private static List<Protocol> protocols(Link.Http http, boolean secure) {
    return switch (http) {
      case ONE -> List.of(Protocol.HTTP_1_1);
      case NEGOTIATED, TWO -> List.of(Protocol.HTTP_2, Protocol.HTTP_1_1);
      case CLEARTEXT_TWO ->
          secure
              ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1)
              : List.of(Protocol.H2_PRIOR_KNOWLEDGE);
    };
  }

  private static OkHttpClient.Builder builder() {
    return new OkHttpClient.Builder()
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .followSslRedirects(false)
        .fastFallback(false)
        .proxy(Proxy.NO_PROXY)
        .connectTimeout(Duration.ZERO)
        .readTimeout(Duration.ZERO)
        .writeTimeout(Duration.ZERO)
        .addNetworkInterceptor(OwnCookies::join)
        .addNetworkInterceptor(LinkSettings::disguise);
  }

  /// OkHttp acts by itself upon these: it repeats a 503 with `Retry-After: 0` and fails at a 407.
  /// The checks see the status that {@link Timeline#head} kept.
  private static Response disguise(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    return switch (response.code()) {
      case 407, 421, 503 -> response.newBuilder().code(500).build();
      default -> response;
    };
  }

  /// Before the request is sent.
  private static Response demandTwo(Interceptor.Chain chain) throws IOException {
    Connection connection = chain.connection();
    if (connection != null && !isTwo(connection.protocol())) {
      throw new Breach(
          connection.handshake() == null
              ? "HTTP/2 expected, but nothing is negotiated without TLS; write `http: h2c`"
              : "HTTP/2 expected, but the server negotiated " + connection.protocol());
    }
    return chain.proceed(chain.request());
  }

  private static boolean isTwo(Protocol protocol) {
    return protocol == Protocol.HTTP_2 || protocol == Protocol.H2_PRIOR_KNOWLEDGE;
  }

  /// Verifies certificates against a name of the operator's. Equal ones share connections.
  private record Named(String name) implements HostnameVerifier {
    @Override
    public boolean verify(String host, SSLSession session) {
      return Secure.CLIENT.hostnameVerifier().verify(name, session);
    }
  }

  /// Tells a proxy at once who asks; if it wants somebody else there is nothing to add.
  private record ProxyLogin(HttpProxy proxy) implements Authenticator {
    @Override
    public @Nullable Request authenticate(@Nullable Route route, Response response) {
      String authorization = proxy.authorization();
      return authorization == null || response.request().header(HttpProxy.AUTHORIZATION) != null
          ? null
          : response.request().newBuilder().header(HttpProxy.AUTHORIZATION, authorization).build();
    }
  }
}
