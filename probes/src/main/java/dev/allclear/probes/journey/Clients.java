package dev.allclear.probes.journey;

import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import okhttp3.ConnectionSpec;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/// The OkHttp settings all runs share: no retries, redirects, proxies or time-outs of its own. Each
/// client is made when the first journey needs it.
final class Clients {

  private Clients() {}

  /// Loads no trust store, which would cost some 50 ms and 1 MB.
  private static final class Plain {
    static final OkHttpClient CLIENT =
        builder().connectionSpecs(List.of(ConnectionSpec.CLEARTEXT)).build();
  }

  private static final class Secure {
    static final OkHttpClient CLIENT = builder().build();
  }

  static OkHttpClient of(Journey journey) {
    boolean plain =
        journey
            .allSteps()
            .map(step -> step.action().url())
            .allMatch(url -> url.beginsWith("http://"));
    return plain ? Plain.CLIENT : Secure.CLIENT;
  }

  private static OkHttpClient.Builder builder() {
    return new OkHttpClient.Builder()
        .socketFactory(new NoDelaySockets())
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .followSslRedirects(false)
        .fastFallback(false)
        .proxy(Proxy.NO_PROXY)
        .connectTimeout(Duration.ZERO)
        .readTimeout(Duration.ZERO)
        .writeTimeout(Duration.ZERO)
        .addNetworkInterceptor(Clients::disguise);
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
}
