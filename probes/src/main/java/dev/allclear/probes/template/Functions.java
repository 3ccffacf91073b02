package dev.allclear.probes.template;

import dev.allclear.probes.template.Expression.Call;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// The functions of templates.
final class Functions {

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LONGEST_RANDOM = 10_000;
  private static final long GREATEST_RANDOM = 999_999_999_999_999L;
  private static final int MOST_CHOICES = 1000;

  /// `form` is how to write a call.
  private record Kind(String form, Function<Arguments, Call> read) {}

  private static final Map<String, Kind> KINDS = kinds();

  private Functions() {}

  private static Map<String, Kind> kinds() {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    kinds.put("uuid", new Kind("uuid()", Functions::uuid));
    kinds.put("now", new Kind("now(), now('+5m') or now('-1h', 'epoch')", Functions::now));
    kinds.put("random-int", new Kind("random-int(1, 100)", Functions::randomInt));
    kinds.put("random-string", new Kind("random-string(12)", Functions::randomString));
    kinds.put("choice", new Kind("choice('a', 'b')", Functions::choice));
    kinds.put("base64", new Kind("base64(text)", encoded(Encoding.BASE64)));
    kinds.put("base64url", new Kind("base64url(text)", encoded(Encoding.BASE64URL)));
    kinds.put("url", new Kind("url(text)", Functions::url));
    kinds.put("sha256", new Kind("sha256(text) or sha256(text, 'base64url')", Functions::sha256));
    kinds.put(
        "hmac",
        new Kind(
            "hmac('sha256', key, text) or hmac('sha256', key, text, 'base64')", Functions::hmac));
    kinds.put("totp", new Kind("totp(secret)", Functions::totp));
    return kinds;
  }

  /// `placeholder` is what is written, for messages.
  static Call call(String name, List<Expression> arguments, String placeholder) {
    Kind kind = KINDS.get(name);
    if (kind == null) {
      throw new UnknownWord(
          "no function is named `%s` in %s".formatted(name, placeholder), name, KINDS.keySet());
    }
    return kind.read.apply(new Arguments(arguments, kind.form, placeholder));
  }

  private static Call uuid(Arguments arguments) {
    arguments.number(0, 0);
    return Call.random((_, _, random) -> uuid(random), List.of());
  }

  /// Version 4 (RFC 9562 section 5.4).
  private static String uuid(RandomGenerator random) {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & ~(0x3L << 62)) | (0x2L << 62);
    return new UUID(high, low).toString();
  }

  private static Call now(Arguments arguments) {
    arguments.number(0, 2);
    Duration offset = arguments.count() > 0 ? arguments.parsed(0, TimeText::offset) : Duration.ZERO;
    Function<Instant, String> format =
        arguments.count() > 1
            ? arguments.parsed(1, TimeText::format)
            : TimeText.format(TimeText.DEFAULT);
    return new Call((_, now, _) -> format.apply(now.plus(offset)), List.of());
  }

  private static Call randomInt(Arguments arguments) {
    arguments.number(2, 2);
    long least = arguments.whole(0, -GREATEST_RANDOM, GREATEST_RANDOM);
    long most = arguments.whole(1, least, GREATEST_RANDOM);
    return Call.random(
        (_, _, random) -> Long.toString(random.nextLong(least, most + 1)), List.of());
  }

  private static Call randomString(Arguments arguments) {
    int length = (int) arguments.number(1, 1).whole(0, 1, LONGEST_RANDOM);
    return Call.random(
        (_, _, random) ->
            random
                .ints(length, 0, LETTERS.length())
                .mapToObj(i -> LETTERS.substring(i, i + 1))
                .collect(Collectors.joining()),
        List.of());
  }

  private static Call choice(Arguments arguments) {
    int count = arguments.number(2, MOST_CHOICES).count();
    return Call.random(
        (texts, _, random) -> texts.get(random.nextInt(texts.size())), arguments.texts(0, count));
  }

  private static Function<Arguments, Call> encoded(Encoding encoding) {
    return arguments ->
        new Call(
            (texts, _, _) -> encoding.write(texts.getFirst()), arguments.number(1, 1).texts(0, 1));
  }

  /// RFC 3986: all but unreserved characters are encoded.
  private static Call url(Arguments arguments) {
    return new Call(
        (texts, _, _) ->
            URLEncoder.encode(texts.getFirst(), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~"),
        arguments.number(1, 1).texts(0, 1));
  }

  private static Call sha256(Arguments arguments) {
    Encoding encoding = encoding(arguments.number(1, 2), 1);
    return new Call(
        (texts, _, _) -> encoding.write(Digests.sha256(texts.getFirst())), arguments.texts(0, 1));
  }

  private static Call hmac(Arguments arguments) {
    String hash = arguments.number(3, 4).word(0, "hash", Digests.HMACS);
    Encoding encoding = encoding(arguments, 3);
    return new Call(
        (texts, _, _) ->
            encoding.write(
                Digests.hmac(
                    hash,
                    texts.get(0).getBytes(StandardCharsets.UTF_8),
                    texts.get(1).getBytes(StandardCharsets.UTF_8))),
        arguments.texts(1, 3));
  }

  private static Call totp(Arguments arguments) {
    arguments.number(1, 1).check(0, secret -> OneTimePassword.of(secret, Instant.EPOCH));
    return new Call(
        (texts, now, _) -> OneTimePassword.of(texts.getFirst(), now), arguments.texts(0, 1));
  }

  /// Hexadecimal if nothing is said.
  private static Encoding encoding(Arguments arguments, int index) {
    return arguments.count() <= index
        ? Encoding.HEX
        : Encoding.of(arguments.word(index, "encoding", Encoding.words()));
  }
}
