package dev.allclear.probes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Evidence.Check;
import dev.allclear.probes.Evidence.Field;
import dev.allclear.probes.Evidence.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class EvidenceTest {

  private static final int[] CHARACTERS = {'a', '"', '\n', 0, 0x1b, 0xfc, 0x20ac, 0x1f600, 0xd800};

  @Test
  void keepsWhatIsSmall() {
    Evidence evidence =
        Evidence.of(
            Message.sent("GET /", List.of(new Field("Accept", "*/*")), "", false),
            Message.received("HTTP/1.1 503", List.of(), "down\n\tfor now\r", true),
            List.of(new Check("2xx", "503", false)));

    assertEquals(List.of(new Field("Accept", "*/*")), evidence.request().fields());
    assertEquals(0, evidence.request().more());
    assertEquals(
        new Excerpt("down\n\tfor now\\r", true), Objects.requireNonNull(evidence.answer()).body());
    assertEquals(List.of(new Check("2xx", "503", false)), evidence.checks());
  }

  @Test
  void keepsFourKibibytesOfTheAnswersBody() {
    Message answer = Message.received("h2 200", List.of(), "ü".repeat(4096), false);

    assertEquals(new Excerpt("ü".repeat(2048), true), answer.body());
  }

  @Test
  void countsTheHeadersItHasNoRoomFor() {
    Message answer =
        Message.received(
            "h2 200",
            List.of(
                new Field("a", "x".repeat(5000)),
                new Field("b", "y".repeat(1020)),
                new Field("c", "zzzz"),
                new Field("d", "")),
            "",
            false);

    assertEquals(
        List.of(new Field("a", "x".repeat(1021) + "…"), new Field("b", "y".repeat(1020))),
        answer.fields());
    assertEquals(2, answer.more());
  }

  @Test
  void showsBrokenExpectationsFirst() {
    Check good = new Check("status 2xx", "200", true);
    Check bad = new Check("$.state is booked", "open", false);
    Evidence evidence =
        Evidence.of(Message.sent("GET /", List.of(), "", false), null, List.of(good, bad));

    assertEquals(List.of(bad, good), evidence.checks());
  }

  @Test
  void neverExceedsItsBound() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      Evidence evidence = Evidence.of(request(random), answer(random), checks(random));
      assertTrue(bytes(evidence) <= Evidence.MOST_BYTES, "seed " + seed);
    }
  }

  private static Message request(Random random) {
    return Message.sent(text(random), fields(random), text(random), random.nextBoolean());
  }

  private static Message answer(Random random) {
    return Message.received(text(random), fields(random), text(random), random.nextBoolean());
  }

  private static List<Field> fields(Random random) {
    return Stream.generate(() -> new Field(text(random), text(random)))
        .limit(random.nextInt(40))
        .toList();
  }

  private static List<Check> checks(Random random) {
    return Stream.generate(() -> new Check(text(random), text(random), random.nextBoolean()))
        .limit(random.nextInt(40))
        .toList();
  }

  private static String text(Random random) {
    int length = 1 << random.nextInt(15);
    StringBuilder text = new StringBuilder();
    random
        .ints(random.nextInt(length), 0, CHARACTERS.length)
        .forEach(i -> text.appendCodePoint(CHARACTERS[i]));
    return text.toString();
  }

  private static int bytes(Evidence evidence) {
    return Stream.of(
            bytes(evidence.request()),
            evidence.answer() == null ? Stream.<String>empty() : bytes(evidence.answer()),
            evidence.checks().stream().flatMap(each -> Stream.of(each.expected(), each.actual())))
        .flatMap(texts -> texts)
        .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
        .sum();
  }

  private static Stream<String> bytes(Message message) {
    return Stream.concat(
        Stream.of(message.line(), message.body().text()),
        message.fields().stream().flatMap(each -> Stream.of(each.name(), each.value())));
  }
}
