package dev.allclear.agent.importer;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The `cookies` of a step: plain words as they are, all else from the environment.
final class CookieKeys {

  /// Those that only measure.
  private static final Pattern MEASURING =
      Pattern.compile(
          "_ga.*|_gid|_gat.*|_gcl_.*|_fb[pc]|_hj.*|__utm.*|_pk_.*|mp_.*|ajs_.*|amplitude.*"
              + "|intercom-.*|_uet.*|_clck|_clsk|_dd_s|_scid.*|_ttp|__hs.*|hubspotutk");

  private CookieKeys() {}

  static Map<String, @Nullable Object> of(Collection<Pair> cookies, Environment environment) {
    Map<String, @Nullable Object> keys = new LinkedHashMap<>();
    for (Pair cookie : cookies) {
      String name = cookie.name();
      String value = cookie.value();
      if (!MEASURING.matcher(name).matches()) {
        boolean plain = Look.isWord(value) && !Look.isSecret(name, value);
        keys.put(name, plain ? value : environment.template("cookie-" + name, value));
      }
    }
    return keys;
  }
}
